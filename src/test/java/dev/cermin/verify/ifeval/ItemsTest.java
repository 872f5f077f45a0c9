package dev.cermin.verify.ifeval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.cermin.json.Json;
import dev.cermin.verify.Answer;
import dev.cermin.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** IFEval's own items, where they are at hand. */
class ItemsTest {
    private static final Path DATA = Path.of("../shared/data/ifeval/input_data.jsonl");

    record Item(int key, String id, Verifier verifier) {}

    private static final List<Item> ITEMS = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        assumeTrue(Files.exists(DATA), "IFEval's items are not at " + DATA.toAbsolutePath());
        for (String line : Files.readAllLines(DATA)) {
            Map<String, Object> item = Json.read(line, new TypeReference<>() {});
            List<?> ids = (List<?>) item.get("instruction_id_list");
            List<?> kwargs = (List<?>) item.get("kwargs");
            for (int i = 0; i < ids.size(); i++) {
                String id = (String) ids.get(i);
                ITEMS.add(new Item((int) item.get("key"), id, Ifeval.of(id, kwargs((Map<?, ?>) kwargs.get(i)))));
            }
        }
    }

    /** With every kwarg that any item has, as some copies of the data have it, null but for its own. */
    private static Map<String, Object> kwargs(Map<?, ?> own) {
        Map<String, Object> all = new HashMap<>();
        for (String key : List.of("num_words", "relation", "keywords", "language", "letter", "end_phrase")) {
            all.put(key, null);
        }
        own.forEach((key, value) -> all.put((String) key, value));
        return all;
    }

    @Test
    void everyCheckOfEveryItemCanBeBuilt() {
        assertThat(ITEMS).hasSize(834);
        assertThat(new TreeSet<>(ITEMS.stream().map(Item::id).toList())).hasSize(25);
        assertThat(ITEMS)
                .allSatisfy(item -> assertThat(item.verifier().name())
                        .isEqualTo(item.id().replace(':', '-').replace('_', '-')));
    }

    @Test
    void anEmptyResponseFailsThemAll() {
        for (String empty : List.of("", "\n \n")) {
            Answer answer = new Answer("", empty);

            assertThat(ITEMS)
                    .noneMatch(item -> item.verifier().verify(answer).passed())
                    .noneMatch(
                            item -> Ifeval.loose(item.verifier()).verify(answer).passed());
        }
    }

    @Test
    void theTwoItemsWhoseLetterIsNoneCountWhatTheyAskFor() {
        Verifier hashes = letters(1122);
        Verifier exclamations = letters(1129);

        assertThat(hashes.verify(new Answer("", "#a #b #c #d")).passed()).isTrue();
        assertThat(hashes.verify(new Answer("", "#a #b #c")).message())
                .isEqualTo("'#': 3 occurrences found, at least 4 asked for");
        assertThat(exclamations.verify(new Answer("", "!!! Oh! My! Ice!")).passed())
                .isTrue();
        assertThat(exclamations.verify(new Answer("", "Ice!")).message())
                .isEqualTo("'!': 1 occurrence found, at least 6 asked for");
    }

    private static Verifier letters(int key) {
        return ITEMS.stream()
                .filter(item -> item.key() == key && item.id().equals("keywords:letter_frequency"))
                .map(Item::verifier)
                .findFirst()
                .orElseThrow();
    }
}
