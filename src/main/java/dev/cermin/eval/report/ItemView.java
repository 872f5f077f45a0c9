package dev.cermin.eval.report;

import dev.cermin.eval.After;
import dev.cermin.eval.Answered;
import dev.cermin.eval.ItemResult;
import dev.cermin.eval.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An item for the page.
 *
 * @param item its question
 * @param answers the single shot's first, reflection's last
 */
record ItemView(ItemResult item, List<Answer> answers) {
    private static final int SHORT = 48;

    /**
     * One of its answers.
     *
     * @param by such as {@code single shot}
     * @param right whether it is
     * @param read what was read from it, on one short line
     * @param reason why it is right or wrong, or there is none
     * @param whole the text; empty where only what was read is kept
     * @param ended why and after how many corrections; empty where that isn't the loop's
     * @param task whose trace has the whole of it; empty where there is no record
     * @param link to that trace; empty where nobody said where traces are
     */
    record Answer(
            String by,
            boolean right,
            String read,
            String reason,
            String whole,
            String ended,
            String task,
            String link) {}

    static ItemView of(ItemResult item, List<Step> steps, Traces traces) {
        List<Answer> answers = new ArrayList<>();
        Step single = steps.getFirst();
        Step last = steps.getLast();
        answers.add(answer(item, single, "", "", "", ""));
        for (Step step : steps) {
            if (step.round() == null || step.equals(last)) {
                Optional<Answered> answered = Optional.ofNullable(item.by().get(step.method()));
                answers.add(answer(
                        item,
                        step,
                        answered.map(Answered::answer).orElse(""),
                        step.equals(last) ? answered.map(ItemView::ended).orElse("") : "",
                        answered.map(one -> one.task().toString()).orElse(""),
                        answered.flatMap(one -> traces.of(one.task())).orElse("")));
            }
        }
        return new ItemView(item, answers);
    }

    boolean flipped() {
        return answers.getFirst().right() != answers.getLast().right();
    }

    boolean right() {
        return answers.getLast().right();
    }

    /** Whether reflection has no answer to it. */
    boolean failed() {
        return Optional.ofNullable(item.by().get(Method.REFLECTION))
                .flatMap(Answered::last)
                .isEmpty();
    }

    private static Answer answer(ItemResult item, Step step, String whole, String ended, String task, String link) {
        Optional<After> after = step.of(item);
        String fault = Optional.ofNullable(item.by().get(step.method()))
                .flatMap(answered -> Optional.ofNullable(answered.fault()))
                .orElse("");
        return new Answer(
                step.label(),
                step.right(item),
                after.map(one -> Words.clip(one.score().read().strip().replaceAll("\\s+", " "), SHORT))
                        .orElse("failed"),
                after.map(one -> one.score().reason()).orElse(fault),
                whole,
                ended,
                task,
                link);
    }

    private static String ended(Answered answered) {
        int corrections = answered.last().map(After::round).orElse(0);
        return "%s after %s"
                .formatted(answered.stop(), corrections == 1 ? "1 correction" : corrections + " corrections");
    }
}
