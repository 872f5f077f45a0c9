package dev.cermin.inputs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param seed of the inputs
 * @param seconds that it took
 * @param topics by topic
 * @param answers of requests, by path and status, how many
 * @param reasons of dead letters, the most frequent ones first, without what differs in each
 * @param violations what should not be
 * @param folder where data and logs lie
 */
public record InputsReport(
        long seed,
        double seconds,
        List<Topic> topics,
        Map<String, Integer> answers,
        List<Reason> reasons,
        List<String> violations,
        String folder) {
    private static final int SHOWN = 30;

    /**
     * One topic's messages.
     *
     * @param letters dead letters that name them
     * @param taken those that could be read after all, or repeat what was there
     */
    public record Topic(String name, int sent, int letters, int taken) {}

    /** A reason and how often it was given. */
    public record Reason(String says, int count) {}

    public boolean holds() {
        return violations.isEmpty();
    }

    /** For people. */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add("%-24s %9s %13s %9s".formatted("topic", "messages", "dead letters", "taken"));
        for (Topic topic : topics) {
            lines.add("%-24s %9d %13d %9d".formatted(topic.name(), topic.sent(), topic.letters(), topic.taken()));
        }
        lines.add("");
        lines.add("requests, by path and status");
        answers.forEach((status, count) -> lines.add("  %-22s %9d".formatted(status, count)));
        lines.add("");
        lines.add("why letters are dead, most often");
        reasons.stream().limit(12).forEach(reason -> lines.add("  %7d  %s".formatted(reason.count(), reason.says())));
        lines.add("");
        violations.stream().limit(SHOWN).forEach(violation -> lines.add("NOT  " + violation));
        if (violations.size() > SHOWN) {
            lines.add("     and %d more".formatted(violations.size() - SHOWN));
        }
        int messages = topics.stream().mapToInt(Topic::sent).sum();
        int requests = answers.values().stream().mapToInt(Integer::intValue).sum();
        lines.add(String.format(
                Locale.ROOT,
                "%s Seed %d, %d messages and %d requests in %.1f s.%s",
                holds() ? "Each was answered or set aside with a reason, and good tasks run after." : "NOT ALL HOLDS.",
                seed,
                messages,
                requests,
                seconds,
                holds() ? "" : " Logs lie in " + folder + "/logs"));
        return String.join("\n", lines);
    }
}
