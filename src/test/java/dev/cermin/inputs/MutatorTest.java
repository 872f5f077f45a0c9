package dev.cermin.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MutatorTest {
    private static final byte[] GOOD =
            "{\"id\":\"1\",\"input\":\"x\",\"deep\":{\"list\":[1,2]}}".getBytes(StandardCharsets.UTF_8);

    private static List<byte[]> mutated(long seed, int count) {
        Mutator mutator = new Mutator(new Random(seed));
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(mutator.value(GOOD));
        }
        return all;
    }

    @Test
    void aSeedGivesTheSameInputsAgain() {
        assertThat(mutated(5, 300).stream().map(Arrays::toString))
                .containsExactlyElementsOf(
                        mutated(5, 300).stream().map(Arrays::toString).toList());
    }

    @Test
    void someAreNoJsonSomeAreOfAnotherTypeAndSomeCanBeRead() {
        int broken = 0;
        int readable = 0;
        int none = 0;
        for (byte[] value : mutated(1, 2_000)) {
            if (value == null) {
                none++;
                continue;
            }
            try {
                Json.read(value, Map.class);
                readable++;
            } catch (JsonException e) {
                broken++;
            }
        }
        assertThat(broken).isGreaterThan(300);
        assertThat(readable).isGreaterThan(300);
        assertThat(none).isGreaterThan(10);
    }

    @Test
    void whatHardlyAnybodyExpectsIsAmongThem() {
        List<String> texts = mutated(2, 3_000).stream()
                .filter(value -> value != null)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .toList();
        assertThat(texts)
                .anySatisfy(text -> assertThat(text).contains("\\ud800"))
                .anySatisfy(text -> assertThat(text).contains("1e999"))
                .anySatisfy(text -> assertThat(text).contains("[".repeat(3_000)))
                .anySatisfy(text -> assertThat(text).contains("\uFFFD"))
                .anySatisfy(text -> assertThat(text).hasSizeGreaterThan(100_000));
    }
}
