package dev.cermin.tune.score;

import dev.cermin.tune.Likelihood;
import dev.cermin.tune.Sample;
import dev.cermin.tune.Scores;
import dev.cermin.tune.Student;

/**
 * What a student's likelihoods say of samples (arXiv 2402.10110). As thread-safe as the student is.
 *
 * <p>Texts are cut so that prompt and text have at most {@code mostTokens}, and the text alone to {@code mostTokens} less
 * the prompt's tokens plus 1, so that both sides of a cut text score as many tokens. They are the same ones with a start
 * token; without one the first token of the text alone is not scored, and its last is one that is cut off behind the
 * prompt. What cannot be scored says why: an empty text, a prompt that fills the window, a text that is over the student's
 * own window.
 */
public final class Scoring {
    /** The paper's. */
    public static final int MOST_TOKENS = 2048;

    private static final Likelihood NOT_ASKED = new Likelihood.Unscored("it was not asked for");
    private static final Likelihood EMPTY = new Likelihood.Unscored("the text is empty");
    private static final Likelihood NO_ANSWER = new Likelihood.Unscored("there is no answer to guess from");

    private final Student student;
    private final ChatFormat format;
    private final int mostTokens;

    public Scoring(Student student, ChatFormat format) {
        this(student, format, MOST_TOKENS);
    }

    /** @param mostTokens of prompt and text together, at least 2 */
    public Scoring(Student student, ChatFormat format, int mostTokens) {
        if (mostTokens < 2) {
            throw new IllegalArgumentException("mostTokens is " + mostTokens + ", expected at least 2.");
        }
        this.student = student;
        this.format = format;
        this.mostTokens = mostTokens;
    }

    /** Both, IFD and r-IFD. */
    public Scores of(Sample sample) {
        Scores ifd = ifd(sample);
        Scores rifd = rifd(sample);
        return new Scores(ifd.answer(), ifd.answerAlone(), rifd.instruction(), rifd.instructionAlone());
    }

    /** IFD alone; the other side is unscored. */
    public Scores ifd(Sample sample) {
        Sides answer = sides(format.prompt(sample.instruction(), sample.input()), sample.output());
        return new Scores(answer.given(), answer.alone(), NOT_ASKED, NOT_ASKED);
    }

    /** r-IFD alone; the other side is unscored. */
    public Scores rifd(Sample sample) {
        Sides instruction = sample.output().isBlank()
                ? new Sides(NO_ANSWER, NO_ANSWER)
                : sides(format.prompt(guess(sample.output()), ""), asked(sample));
        return new Scores(NOT_ASKED, NOT_ASKED, instruction.given(), instruction.alone());
    }

    /** The request that an answer's instruction is guessed behind. */
    static String guess(String answer) {
        return "Below is the response to an instruction. Guess the instruction that it was given to.\n" + answer
                + "\nWrite the instruction of the response above.";
    }

    private static String asked(Sample sample) {
        return sample.input().isEmpty() ? sample.instruction() : sample.instruction() + "\n" + sample.input();
    }

    private Sides sides(String prompt, String text) {
        if (text.isBlank()) {
            return new Sides(EMPTY, EMPTY);
        }
        return student instanceof EngineStudent engine
                ? engine.sides(prompt, text, mostTokens)
                : new Sides(student.likelihood(prompt, text), student.likelihood("", text));
    }
}
