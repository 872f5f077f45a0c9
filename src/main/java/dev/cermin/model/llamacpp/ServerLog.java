package dev.cermin.model.llamacpp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What a server wrote, kept in a file. */
final class ServerLog {
    private static final long LARGEST = 16 << 20;
    private static final int TAIL = 4096;

    private final Path file;
    private volatile long start;

    ServerLog(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** Before a start: what follows is that start's. A large file is put aside, and replaces the one before it. */
    void begin() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.exists(file) && Files.size(file) > LARGEST) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        start = Files.exists(file) ? Files.size(file) : 0;
    }

    /** It may have grown to any size. */
    private String end() throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            channel.position(Math.max(Math.min(start, size), size - TAIL));
            // it grows meanwhile: what is beyond the size isn't read
            ByteBuffer bytes = ByteBuffer.allocate((int) (size - channel.position()));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }

    /** The last lines since the start, for a message. */
    String tail(int lines) {
        try {
            List<String> last = end().lines().toList();
            return String.join("\n", last.subList(Math.max(0, last.size() - lines), last.size()));
        } catch (IOException e) {
            return "(its log can't be read: " + e + ")";
        }
    }
}
