package dev.cermin.jmh;

import java.util.List;

/**
 * The work that is the same for all: a first answer, a critique that asks for a revision, a correction, a critique that
 * accepts. Placeholders are written as LangChain4j and Cermin write them.
 */
final class Work {
    static final String INPUT = "9x-15=21";
    static final String ANSWER = "x=4";

    /** Corrections at most; one is needed. */
    static final int CORRECTIONS = 2;

    static final String GENERATE =
            "Solve the equation for x. Give the solution alone, such as x=1.\n\nEquation: {{input}}";
    static final String CRITIQUE =
            "Check the answer by substitution. Say in <reflection> what is wrong, an issue a line, and then in <output>"
                    + " accept or revise, with a score in [0, 1].\n\nEquation: {{input}}\nAnswer: {{draft}}";
    static final String CORRECT = "Correct the answer by what the critique says. Give the solution alone, such as x=1."
            + "\n\nEquation: {{input}}\nAnswer: {{draft}}\nCritique: {{critique}}";

    static final String FIRST_ANSWER = "x=1";
    static final String REVISE = "<reflection>9*1-15 is -6, not 21</reflection><output>revise 0.1</output>";
    static final String ACCEPT = "<reflection>9*4-15 is 21</reflection><output>accept 1.0</output>";

    private static final String CORRECTED = "Answer: " + ANSWER;

    private Work() {}

    /** What the model says to a prompt of this work. */
    static String reply(String prompt) {
        if (prompt.startsWith("Check")) {
            return prompt.contains(CORRECTED) ? ACCEPT : REVISE;
        }
        return prompt.startsWith("Solve") ? FIRST_ANSWER : ANSWER;
    }

    static boolean accepts(String critique) {
        return critique.contains("<output>accept");
    }

    /** The four prompts of a loop, in order. */
    static List<String> prompts() {
        return List.of(
                generate(INPUT),
                critique(INPUT, FIRST_ANSWER),
                correct(INPUT, FIRST_ANSWER, REVISE),
                critique(INPUT, ANSWER));
    }

    static String generate(String input) {
        return "Solve the equation for x. Give the solution alone, such as x=1.\n\nEquation: " + input;
    }

    static String critique(String input, String draft) {
        return "Check the answer by substitution. Say in <reflection> what is wrong, an issue a line, and then in <output>"
                + " accept or revise, with a score in [0, 1].\n\nEquation: " + input + "\nAnswer: " + draft;
    }

    static String correct(String input, String draft, String critique) {
        return "Correct the answer by what the critique says. Give the solution alone, such as x=1.\n\nEquation: "
                + input + "\nAnswer: " + draft + "\nCritique: " + critique;
    }
}
