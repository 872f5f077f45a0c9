package dev.cermin.page;

import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A step's figures.
 *
 * @param step as it is stored
 * @param from where it began, in thousandths of the loop's time
 * @param width how long it took, in the same; at least so much that it is seen
 * @param erased names of its texts that are no longer there
 */
public record StepLine(TraceStep step, long from, long width, List<String> erased) {
    private static final Map<String, String> TITLES = new LinkedHashMap<>();

    static {
        TITLES.put("prompt", "Prompt");
        TITLES.put("thinking", "Thinking");
        TITLES.put("output", "Draft");
        TITLES.put("response", "Response, as it came");
        TITLES.put("findings", "Findings");
    }

    private static final long WHOLE = 1000;
    private static final long SEEN = 4;

    static List<StepLine> of(List<TraceStep> steps) {
        if (steps.isEmpty()) {
            return List.of();
        }
        long begin = begin(steps.getFirst());
        // people act days later
        long end = steps.stream()
                .filter(step -> step.kind() != StepKind.REVIEW)
                .mapToLong(StepLine::end)
                .max()
                .orElse(begin);
        long whole = Math.max(1, end - begin);
        return steps.stream().map(step -> of(step, begin, whole)).toList();
    }

    private static StepLine of(TraceStep step, long begin, long whole) {
        long from = Math.clamp((begin(step) - begin) * WHOLE / whole, 0, WHOLE - SEEN);
        long width = Math.clamp(step.durationMillis() * WHOLE / whole, SEEN, WHOLE - from);
        TreeSet<String> erased = new TreeSet<>(step.textHashes().keySet());
        erased.removeAll(step.texts().byName().keySet());
        return new StepLine(step, from, width, List.copyOf(erased));
    }

    private static long begin(TraceStep step) {
        return step.startedAt().toEpochMilli();
    }

    private static long end(TraceStep step) {
        return begin(step) + step.durationMillis();
    }

    /** The number of the step before. */
    public int before() {
        return step.number() - 1;
    }

    public int after() {
        return step.number() + 1;
    }

    /** What is stored of it, or was. */
    public List<StoredText> texts() {
        Map<String, String> there = step.texts().byName();
        List<StoredText> all = new ArrayList<>();
        TITLES.forEach((name, title) -> {
            String hash = step.textHashes().get(name);
            if (hash != null) {
                all.add(new StoredText(name, title(name, title), there.get(name), hash));
            }
        });
        return all;
    }

    private String title(String name, String title) {
        if (name.equals("output")) {
            return switch (step.kind()) {
                case SUBMIT -> "Input";
                case FINISH -> "Answer";
                default -> title;
            };
        }
        if (name.equals("response") && step.kind() == StepKind.REVIEW) {
            return "Comment";
        }
        return name.equals("findings") && step.kind() == StepKind.SUBMIT ? "Terms" : title;
    }

    /**
     * A text.
     *
     * @param name as in the chain
     * @param title what it is to a reader
     * @param text null where it was erased
     * @param hash SHA-256 of it, hex
     */
    public record StoredText(
            String name, String title, @Nullable String text, String hash) {}

    public boolean gone(String text) {
        return erased.contains(text);
    }
}
