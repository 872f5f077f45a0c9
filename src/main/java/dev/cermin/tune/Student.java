package dev.cermin.tune;

/** A model that can score a given text. Implementations say whether they may be shared between threads. */
public interface Student {
    /**
     * Scores a text behind a prompt. Prompt and text are tokenised apart and their tokens joined.
     *
     * @param prompt in the student's own chat format; empty for the text alone
     */
    Likelihood likelihood(String prompt, String text);
}
