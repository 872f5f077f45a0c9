package dev.cermin.tune.select;

import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stage as a file of JSON Lines: the selection's terms, then a line for every sample as it is done. One that was killed
 * goes on at the last whole line. Thread-safe.
 */
final class Journal<T extends Journal.Line> {
    private final Path file;
    private final Class<T> type;
    private final Map<String, T> done = new HashMap<>();
    private Terms terms;

    /** Of one sample. */
    interface Line {
        String id();
    }

    private Journal(Path file, Class<T> type, Terms terms) {
        this.file = file;
        this.type = type;
        this.terms = terms;
    }

    /**
     * Begins a stage, or goes on with it.
     *
     * @throws SelectionException where the file is another selection's, or can't be read or written
     */
    static <T extends Line> Journal<T> open(Path file, Class<T> type, Terms terms) {
        Journal<T> journal = new Journal<>(file, type, terms);
        try {
            if (Files.exists(file) && Files.size(file) > 0) {
                journal.read();
            } else {
                Files.createDirectories(file.toAbsolutePath().getParent());
                journal.append(terms);
            }
        } catch (IOException e) {
            throw new SelectionException("%s can't be read or written: %s".formatted(file, e), e);
        }
        return journal;
    }

    /** With the time at which the selection began. */
    Terms terms() {
        return terms;
    }

    synchronized @Nullable T of(String id) {
        return done.get(id);
    }

    synchronized void add(T line) {
        done.put(line.id(), line);
        append(line);
    }

    private void append(Object line) {
        try {
            Files.write(
                    file,
                    (Json.text(line) + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new SelectionException("%s can't be written: %s".formatted(file, e), e);
        }
    }

    private void read() throws IOException {
        if (wholeLines() == 0) {
            append(terms);
            return;
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                read(number++, line);
            }
        }
    }

    /** Bytes without the last line of a run that was killed, which is cut off: what follows must not be glued to it. */
    private long wholeLines() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            while (end > 0 && channel.read(last.clear(), end - 1) == 1 && last.get(0) != '\n') {
                end--;
            }
            channel.truncate(end);
            return end;
        }
    }

    private void read(int number, String text) {
        try {
            if (number == 1) {
                goOn(Json.read(text, Terms.class));
            } else {
                T line = Json.read(text, type);
                done.put(line.id(), line);
            }
        } catch (JsonException e) {
            throw new SelectionException(
                    "%s:%d is no line of a selection: %s. Give another folder, or remove this one"
                            .formatted(file, number, e.getMessage()),
                    e);
        }
    }

    private void goOn(Terms begun) {
        String other = terms.difference(begun);
        if (other != null) {
            throw new SelectionException(
                    "%s is another selection's: %s. Give another folder, or remove this one".formatted(file, other));
        }
        terms = begun;
    }
}
