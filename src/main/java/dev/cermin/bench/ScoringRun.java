package dev.cermin.bench;

import dev.cermin.tune.Likelihood;
import dev.cermin.tune.Student;
import dev.cermin.tune.score.Students;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a student's scores cost: texts scored a second, beside the engine's own passes over the same tokens; and what is
 * saved on texts behind one prompt. The kinds take turns in short rounds.
 */
public final class ScoringRun {
    private static final int TEXTS = 8;
    private static final int WARM_UP = 3;
    private static final String PROMPT =
            "Below is an instruction that describes a task. Write a response that appropriately completes it. Solve the"
                    + " equation, say how, and check the root by substituting it on both sides: ";

    private record Text(String prompt, String text) {}

    private final Student student;
    private final Student passes;
    private final int parallel;
    private int made;

    /** @param parallel calls at once */
    public ScoringRun(Student student, int parallel) {
        this.student = student;
        this.passes = Students.passesOf(student);
        this.parallel = parallel;
    }

    /**
     * Prints a line for each of the two.
     *
     * @param rounds of either kind
     */
    public void run(int rounds) throws InterruptedException, ExecutionException {
        List<Text> texts = texts(true);
        requireScored(texts.getFirst());
        Rates cost = compare(() -> perSecond(student, texts), () -> perSecond(passes, texts), rounds);
        System.out.printf(
                "Scored %.1f texts/s, the engine's own passes over the same tokens %.1f texts/s, ratio %.3f (median of %d rounds, quartiles %.3f to %.3f; %d at once)%n",
                cost.one(),
                cost.other(),
                cost.quantile(0.5),
                rounds,
                cost.quantile(0.25),
                cost.quantile(0.75),
                parallel);
        Rates saved = compare(() -> perSecond(student, texts(false)), () -> perSecond(student, texts(true)), rounds);
        System.out.printf(
                "Behind one prompt %.1f texts/s, behind prompts of their own %.1f texts/s: %.2f times as many (prompts of %d characters, texts of about %d)%n",
                saved.one(),
                saved.other(),
                saved.quantile(0.5),
                PROMPT.length(),
                texts.getFirst().text().length());
    }

    /** Prompts of their own are new ones each time: servers keep more of old ones than their slots hold. */
    private List<Text> texts(boolean apart) {
        List<Text> texts = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            String text = "x=%d, as %d*%d-7=%d and so is the other side.".formatted(i, i + 2, i, (i + 2) * i - 7);
            // from their first letters on they have nothing in common
            texts.add(new Text(apart ? Integer.toString(made++ * 7919 + 36, 36) + PROMPT : PROMPT, text));
        }
        return texts;
    }

    /** What isn't scored takes no time, and would make the student look fast. */
    private void requireScored(Text text) {
        if (student.likelihood(text.prompt(), text.text()) instanceof Likelihood.Unscored why) {
            throw new IllegalStateException(
                    "The student does not score the benchmark's texts, so that nothing can be measured: "
                            + why.reason());
        }
    }

    private record Rates(double one, double other, List<Double> ratios) {
        double quantile(double share) {
            return ratios.get((int) Math.round(share * (ratios.size() - 1)));
        }
    }

    private static Rates compare(Callable<Double> one, Callable<Double> other, int rounds)
            throws InterruptedException, ExecutionException {
        List<Double> ratios = new ArrayList<>();
        double ones = 0;
        double others = 0;
        try {
            for (int round = -WARM_UP; round < rounds; round++) {
                boolean first = round % 2 == 0;
                double a = (first ? one : other).call();
                double b = (first ? other : one).call();
                if (round >= 0) {
                    ones += first ? a : b;
                    others += first ? b : a;
                    ratios.add(first ? a / b : b / a);
                }
            }
        } catch (RuntimeException | InterruptedException | ExecutionException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        Collections.sort(ratios);
        return new Rates(ones / rounds, others / rounds, ratios);
    }

    private double perSecond(Student measured, List<Text> texts) throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        if (parallel == 1) {
            texts.forEach(text -> measured.likelihood(text.prompt(), text.text()));
        } else {
            try (ExecutorService threads = Executors.newFixedThreadPool(parallel)) {
                List<Future<?>> all = new ArrayList<>();
                for (Text text : texts) {
                    all.add(threads.submit(() -> measured.likelihood(text.prompt(), text.text())));
                }
                for (Future<?> one : all) {
                    one.get();
                }
            }
        }
        return texts.size() / ((System.nanoTime() - begin) / 1e9);
    }
}
