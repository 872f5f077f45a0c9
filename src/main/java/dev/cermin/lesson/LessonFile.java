package dev.cermin.lesson;

import dev.cermin.json.JsonException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A file of {@link LessonLine}s that grows at its end, and is rewritten when asked to. Not thread-safe. */
final class LessonFile implements AutoCloseable {
    private final FileGuard guard;
    private final Path file;
    private long length;
    private int lines;
    private boolean torn;

    private LessonFile(FileGuard guard) {
        this.guard = guard;
        this.file = guard.file();
    }

    /**
     * Opens or makes the file.
     *
     * @param each given every line, in order
     * @param warn told of a torn last line, which is left out
     * @throws LessonFileException where it is in use, can't be read or written, or a line before the last is no lesson
     */
    static LessonFile open(Path named, Consumer<LessonLine> each, Consumer<String> warn) {
        try {
            FileGuard guard = FileGuard.take(named);
            try {
                if (!Files.exists(guard.file())) {
                    FileGuard.create(guard.file(), guard.file());
                }
                LessonFile opened = new LessonFile(guard);
                opened.read(each, warn);
                return opened;
            } catch (IOException | RuntimeException e) {
                guard.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LessonFileException(
                    "Can't open the lessons in %s: %s. Make it a file that can be read and written."
                            .formatted(named, e),
                    e);
        }
    }

    private void read(Consumer<LessonLine> each, Consumer<String> warn) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int from = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == '\n') {
                each.accept(line(Arrays.copyOfRange(bytes, from, end)));
                lines++;
                from = end + 1;
            }
        }
        length = from;
        if (from < bytes.length) {
            readUnended(Arrays.copyOfRange(bytes, from, bytes.length), each, warn);
        }
    }

    private LessonLine line(byte[] bytes) {
        try {
            return LessonLine.of(bytes);
        } catch (JsonException e) {
            throw new LessonFileException(
                    "Line %d of %s can't be read: %s. Mend it, or delete it if it is no revocation."
                            .formatted(lines + 1, file, e.getMessage()),
                    e);
        }
    }

    /** A line without an end was torn by a crash, unless somebody wrote it by hand: then it can be read. */
    private void readUnended(byte[] bytes, Consumer<LessonLine> each, Consumer<String> warn) {
        LessonLine line;
        try {
            line = LessonLine.of(bytes);
        } catch (JsonException e) {
            warn.accept("Line %d of %s, the last, was torn when it was written; its %d bytes are left out"
                    .formatted(lines + 1, file, bytes.length));
            torn = true;
            return;
        }
        each.accept(line);
        length += bytes.length;
        write(new byte[] {'\n'});
        lines++;
    }

    int lines() {
        return lines;
    }

    /** The line is on the disk when this returns; where it fails, the file counts as before. */
    void append(LessonLine line) {
        write(line.bytes());
        lines++;
    }

    private void write(byte[] bytes) {
        // not a channel, which an interrupt of the thread would close half-way
        try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rwd")) {
            if (data.length() < length || (data.length() > length && !torn)) {
                throw new IOException(
                        "it has %d bytes instead of %d, so something else changed it".formatted(data.length(), length));
            }
            torn = true;
            data.setLength(length);
            data.seek(length);
            data.write(bytes);
        } catch (IOException e) {
            throw new LessonFileException(
                    "Can't write to the lessons in %s: %s. See to its disk and permissions.".formatted(file, e), e);
        }
        torn = false;
        length += bytes.length;
    }

    /** Puts these lines in the place of all others, at once: a crash leaves the one file or the other. */
    void rewrite(List<LessonLine> all) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            FileGuard.create(fresh, file);
            try (RandomAccessFile out = new RandomAccessFile(fresh.toFile(), "rw")) {
                for (LessonLine line : all) {
                    out.write(line.bytes());
                }
                out.getFD().sync();
            }
            long size = Files.size(fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            length = size;
            lines = all.size();
            torn = false;
        } catch (IOException e) {
            throw new LessonFileException(
                    "Can't rewrite the lessons in %s: %s. See to its disk and permissions.".formatted(file, e), e);
        }
    }

    @Override
    public void close() {
        guard.close();
    }
}
