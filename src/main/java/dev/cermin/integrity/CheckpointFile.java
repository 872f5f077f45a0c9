package dev.cermin.integrity;

import dev.cermin.audit.Checkpoint;
import dev.cermin.audit.NoteReader;
import dev.cermin.audit.SignedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** Checkpoints in a file, one after the other, each on disk before the next. Not thread-safe. */
public final class CheckpointFile {
    private final Path file;

    public CheckpointFile(Path file) {
        this.file = file;
    }

    /**
     * All that are there; none where there is no file. One whose writing was cut off is passed over.
     *
     * @throws UncheckedIOException where it can't be read
     */
    public List<SignedNote> read() {
        try {
            return Files.exists(file) ? NoteReader.read(Files.readString(file)).notes() : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoints in %s can't be read".formatted(file), e);
        }
    }

    Optional<Checkpoint> last() {
        List<SignedNote> all = read();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(Checkpoint.of(all.getLast().text()));
    }

    void append(SignedNote note) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                long end = afterLastLine(channel);
                channel.truncate(end).position(end);
                ByteBuffer text = StandardCharsets.UTF_8.encode((end == 0 ? "" : "\n") + note);
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                channel.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A checkpoint can't be written to %s".formatted(file), e);
        }
    }

    /** A line that was cut off by a crash would be taken for a false signature. */
    private static long afterLastLine(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        for (long end = channel.size(); end > 0; end--) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                return end;
            }
        }
        return 0;
    }
}
