package dev.cermin.eval;

import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run as a file of JSON Lines: what is run, then a line for every item and method as it is done. A run that was killed
 * goes on at the last whole line. Thread-safe.
 */
final class Journal {
    private final @Nullable Path file;
    private final Map<String, Map<Method, Answered>> done = new HashMap<>();
    private RunInfo info;

    record Line(String item, Method method, Answered answered) {}

    private Journal(@Nullable Path file, RunInfo info) {
        this.file = file;
        this.info = info;
    }

    /** In memory only. */
    static Journal none(RunInfo info) {
        return new Journal(null, info);
    }

    /**
     * Begins a run, or goes on with it.
     *
     * @throws JournalException where the file is another run's, or can't be read or written
     */
    static Journal open(Path file, RunInfo info) {
        Journal journal = new Journal(file, info);
        try {
            if (Files.exists(file) && Files.size(file) > 0) {
                journal.read();
            } else {
                if (file.toAbsolutePath().getParent() != null) {
                    Files.createDirectories(file.toAbsolutePath().getParent());
                }
                journal.append(info);
            }
        } catch (IOException e) {
            throw new JournalException("%s can't be read or written: %s".formatted(file, e), e);
        }
        return journal;
    }

    RunInfo info() {
        return info;
    }

    /** Whether any item has an answer by that method. */
    synchronized boolean answered(Method method) {
        return done.values().stream()
                .map(by -> by.get(method))
                .anyMatch(answered -> answered != null && answered.fault() == null);
    }

    synchronized @Nullable Answered done(String item, Method method) {
        return done.getOrDefault(item, Map.of()).get(method);
    }

    synchronized void add(String item, Method method, Answered answered) {
        done.computeIfAbsent(item, key -> new EnumMap<>(Method.class)).put(method, answered);
        append(new Line(item, method, answered));
    }

    private void append(Object line) {
        if (file == null) {
            return;
        }
        try {
            Files.write(
                    file,
                    (Json.text(line) + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new JournalException("%s can't be written: %s".formatted(file, e), e);
        }
    }

    private void read() throws IOException {
        Path journal = Objects.requireNonNull(file);
        byte[] bytes = Files.readAllBytes(journal);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        if (end < bytes.length) {
            // the last line of a run that was killed is cut off; what follows must not be glued to it
            try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
                channel.truncate(end);
            }
        }
        List<String> lines =
                new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
        if (lines.isEmpty()) {
            append(info);
            return;
        }
        for (int i = 0; i < lines.size(); i++) {
            try {
                if (i == 0) {
                    goOn(Json.read(lines.getFirst(), RunInfo.class));
                } else {
                    Line line = Json.read(lines.get(i), Line.class);
                    done.computeIfAbsent(line.item(), key -> new EnumMap<>(Method.class))
                            .put(line.method(), line.answered());
                }
            } catch (JsonException e) {
                throw new JournalException(
                        "%s:%d is no line of a run: %s. Give another folder, or remove this one"
                                .formatted(journal, i + 1, e.getMessage()),
                        e);
            }
        }
    }

    private void goOn(RunInfo begun) {
        String other = info.difference(begun);
        if (other != null) {
            throw new JournalException(
                    "%s is another run's: %s. Give another folder, or remove this one".formatted(file, other));
        }
        info = begun;
    }
}
