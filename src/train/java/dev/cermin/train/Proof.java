package dev.cermin.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the tuning of students came to: a file of JSON Lines, and a table of all the seeds together. */
final class Proof {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final String settings;

    /**
     * @param settings of the whole proof: rows of others don't belong in one table
     * @param set what the student was tuned on
     * @param samples of it
     * @param fine samples whose answer is right
     * @param right answers of the exam after 0, 1, … rounds
     * @param tokens of the exam
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(String settings, long seed, String set, int samples, int fine, int count, int[] right, long tokens) {
        Row plus(Row other) {
            int[] sum = right.clone();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += other.right[i];
            }
            return new Row(
                    settings,
                    seed,
                    set,
                    samples + other.samples,
                    fine + other.fine,
                    count + other.count,
                    sum,
                    tokens + other.tokens);
        }
    }

    Proof(Path folder, String settings) {
        file = folder.resolve("proof.jsonl");
        this.settings = settings;
    }

    String settings() {
        return settings;
    }

    /** @throws IllegalArgumentException where a line is broken, or of other settings */
    List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                Row row = row(line, rows.size() + 1);
                if (!row.settings.equals(settings)) {
                    throw new IllegalArgumentException("%s is of other settings (%s; these: %s): give another --out"
                            .formatted(file, row.settings, settings));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private Row row(String line, int number) throws IOException {
        try {
            return JSON.readValue(line, Row.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "%s:%d is no result; remove the line, and it is found anew".formatted(file, number), e);
        }
    }

    boolean has(long seed, String set) throws IOException {
        return rows().stream().anyMatch(row -> row.seed == seed && row.set.equals(set));
    }

    void add(Row row) throws IOException {
        Files.writeString(
                file, JSON.writeValueAsString(row) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Markdown, which a terminal shows well enough. */
    String table() throws IOException {
        Map<String, List<Row>> bySet = new LinkedHashMap<>();
        rows().forEach(row ->
                bySet.computeIfAbsent(row.set, set -> new ArrayList<>()).add(row));
        StringBuilder table = new StringBuilder(
                "| tuned on | samples a seed | of these right, % | right, %: single shot, then after rounds 1, 2, 3 | by seed, after 3 | tokens a problem |\n");
        table.append("|---|---|---|---|---|---|\n");
        bySet.forEach((set, rows) -> {
            Row all = rows.stream().reduce(Row::plus).orElseThrow();
            List<String> right = new ArrayList<>();
            for (int each : all.right) {
                right.add(percent(each, all.count));
            }
            List<String> seeds = rows.stream()
                    .map(row -> percent(row.right[row.right.length - 1], row.count))
                    .toList();
            table.append("| %s | %d | %s | %s | %s | %d |%n"
                    .formatted(
                            set,
                            all.samples / rows.size(),
                            percent(all.fine, all.samples),
                            String.join(", ", right),
                            String.join(", ", seeds),
                            all.tokens / all.count));
        });
        return table.toString();
    }

    private static String percent(int part, int all) {
        return all == 0 ? "-" : String.format(Locale.ROOT, "%.1f", Marks.percent(part, all));
    }
}
