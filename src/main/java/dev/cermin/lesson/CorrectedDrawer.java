package dev.cermin.lesson;

import dev.cermin.loop.Attempt;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Task;
import dev.cermin.loop.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Words a lesson from the verdicts that a loop has anyway. */
final class CorrectedDrawer implements Drawer {
    // so that both, with the words around them, fit a lesson's advice
    private static final int REASONS_LENGTH = 300;
    private static final int ANSWER_LENGTH = 150;

    @Override
    public Optional<String> advice(Task task, Outcome outcome) {
        Attempt held = outcome.best();
        if (!outcome.accepted() || held == null) {
            return Optional.empty();
        }
        String reasons = outcome.attempts().stream()
                .filter(attempt -> attempt.round() < held.round())
                .map(Attempt::verdict)
                .filter(Objects::nonNull)
                .filter(verdict -> !verdict.accepted())
                .map(Verdict::reasons)
                .flatMap(List::stream)
                .distinct()
                .collect(Collectors.joining("; "));
        String answer = firstLine(held.draft().output());
        return reasons.isBlank() || answer.isEmpty()
                ? Optional.empty()
                : Optional.of("An answer failed: %s. What held: %s"
                        .formatted(PlainText.line(reasons, REASONS_LENGTH), PlainText.line(answer, ANSWER_LENGTH)));
    }

    private static String firstLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    }
}
