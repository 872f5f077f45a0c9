package dev.cermin.eval.suite;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cermin.eval.Item;
import dev.cermin.eval.Suite;
import dev.cermin.verify.Answer;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.ifeval.Ifeval;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Zhou et al. 2023, arXiv:2311.07911. */
final class IfevalItems {
    static final String FILE = "input_data.jsonl";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, @Nullable Object>> KWARGS = new TypeReference<>() {};

    private static final String PROMPTING = """
            harness: the prompt alone; greedy and 1,280 tokens there, here as the agent is set. "prompt-strict" \
            decides: every instruction of the prompt is followed, to the letter; "prompt-loose": without first or last \
            line or asterisks will do as well; "instruction-…": each instruction counts. Items 1122 and 1129 ask for \
            "#" and "!", where the reference draws a letter at random: here they are pinned to what they ask for. \
            Sentences, words in capitals and languages are told by other libraries than the reference's (see \
            Ifeval).""";

    private IfevalItems() {}

    static Suite read(Path folder, Convention convention) {
        // the library that tells languages: where it is missing, that is told before any model is asked
        Ifeval.responseLanguage("en").verify(new Answer("", "Any text."));
        Path file = folder.resolve(FILE);
        return new Suite("ifeval", "ifeval " + FILE, PROMPTING, JsonLines.read(file, IfevalItems::item));
    }

    private static Item item(Row row) {
        String id = row.id("key");
        String prompt = row.text("prompt");
        List<String> instructions = row.texts("instruction_id_list");
        List<ObjectNode> kwargs = row.objects("kwargs");
        List<Verifier> verifiers = new ArrayList<>();
        if (row.isSound() && instructions.size() != kwargs.size()) {
            row.fault(
                    "kwargs",
                    "%d are expected, one for each instruction, not %d".formatted(instructions.size(), kwargs.size()));
        }
        for (int i = 0; row.isSound() && i < instructions.size(); i++) {
            try {
                verifiers.add(Ifeval.of(instructions.get(i), MAPPER.convertValue(kwargs.get(i), KWARGS)));
            } catch (IllegalArgumentException e) {
                row.fault("kwargs[%d]".formatted(i), String.valueOf(e.getMessage()));
            }
        }
        return new Item(
                id, category(instructions), prompt, String.join(", ", instructions), new IfevalScorer(verifiers));
    }

    /** The kind of instruction, where all are of one. */
    private static String category(List<String> instructions) {
        List<String> kinds = instructions.stream()
                .map(instruction -> instruction.replaceFirst(":.*", "").replace('_', ' '))
                .distinct()
                .toList();
        return kinds.size() == 1 ? kinds.getFirst() : "several kinds";
    }
}
