package dev.cermin.eval.suite;

import java.util.List;

/**
 * One of MMLU's questions.
 *
 * @param number within its file, from 1
 * @param choices four
 * @param letter of the right one, A to D
 */
record Question(int number, String text, List<String> choices, char letter) {
    /** As lm-evaluation-harness words it, up to the answer. */
    String harness() {
        return "%s\n%sAnswer:".formatted(text.strip(), choices(". "));
    }

    /** As simple-evals words it. */
    String simpleEvals() {
        return """
                Answer the following multiple choice question. The last line of your response should be of the \
                following format: 'Answer: $LETTER' (without quotes) where LETTER is one of ABCD. Think step by step \
                before answering.

                %s

                %s""".formatted(text, choices(") ")).strip();
    }

    private String choices(String after) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < choices.size(); i++) {
            lines.append(MultipleChoice.LETTERS.charAt(i))
                    .append(after)
                    .append(choices.get(i))
                    .append('\n');
        }
        return lines.toString();
    }
}
