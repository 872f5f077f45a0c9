package dev.cermin.train;

import dev.cermin.problem.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A run's losses and marks, each a line of a file: a run that goes on appends to it. */
final class RunLog {
    static final String FILE = "progress.csv";
    private static final String HEAD = "step,what,round,value";

    private final Path file;

    /** @param value nats a token for {@code loss}, else percent right */
    record Entry(int step, String what, int round, double value) {}

    RunLog(Path folder) {
        this.file = folder.resolve(FILE);
    }

    void loss(int step, double loss) throws IOException {
        append(List.of(line(step, "loss", 0, loss)));
    }

    void marks(int step, Map<Family, Marks> marks) throws IOException {
        List<String> lines = new ArrayList<>();
        marks.forEach((family, each) -> {
            for (int round = 0; round <= Exam.ROUNDS; round++) {
                lines.add(line(step, family.key(), round, each.accuracy(round)));
            }
        });
        append(lines);
    }

    private static String line(int step, String what, int round, double value) {
        return String.format(Locale.ROOT, "%d,%s,%d,%.4f", step, what, round, value);
    }

    private void append(List<String> lines) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, HEAD + "\n");
        }
        Files.write(file, lines, StandardOpenOption.APPEND);
    }

    /** Without what a run wrote after the step from which it then went on anew. */
    void forgetAfter(int step) throws IOException {
        if (Files.exists(file)) {
            List<String> kept = new ArrayList<>(List.of(HEAD));
            read().stream()
                    .filter(entry -> entry.step <= step)
                    .forEach(entry -> kept.add(line(entry.step, entry.what, entry.round, entry.value)));
            Files.write(file, kept);
        }
    }

    List<Entry> read() throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (!Files.exists(file)) {
            return entries;
        }
        for (String line : Files.readAllLines(file)) {
            String[] cells = line.split(",", -1);
            if (cells.length == 4 && !line.equals(HEAD)) {
                entries.add(new Entry(
                        Integer.parseInt(cells[0]),
                        cells[1],
                        Integer.parseInt(cells[2]),
                        Double.parseDouble(cells[3])));
            }
        }
        return entries;
    }
}
