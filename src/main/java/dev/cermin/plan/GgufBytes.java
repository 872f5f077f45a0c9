package dev.cermin.plan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads the little-endian numbers and strings of a GGUF file in order, a buffer at a time. */
final class GgufBytes {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_STRING = 1 << 24;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private long bufferStart;

    GgufBytes(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    long position() {
        return bufferStart + buffer.position();
    }

    int number32() throws IOException {
        return take(4).getInt();
    }

    long number64() throws IOException {
        return take(8).getLong();
    }

    /** A count that the file states, which no file of this size can exceed. */
    long count(String what, int leastBytesEach) throws IOException {
        long count = number64();
        long most = (channel.size() - position()) / leastBytesEach;
        if (count < 0 || count > most) {
            throw truncated("it announces %s %s, and has bytes left for %d"
                    .formatted(Long.toUnsignedString(count), what, most));
        }
        return count;
    }

    String string() throws IOException {
        long length = count("bytes of a string", 1);
        if (length > LONGEST_STRING) {
            throw new PlanException("%s has a string of %d bytes in its header, which none has; fetch it again"
                    .formatted(file, length));
        }
        byte[] bytes = new byte[(int) length];
        int done = 0;
        while (done < bytes.length) {
            int part = Math.min(BUFFER, bytes.length - done);
            take(part).get(bytes, done, part);
            done += part;
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    void skip(long bytes) throws IOException {
        long target = position() + bytes;
        if (bytes < 0 || target > channel.size()) {
            throw truncated("its header goes on beyond its end");
        }
        if (bytes <= buffer.remaining()) {
            buffer.position(buffer.position() + (int) bytes);
        } else {
            bufferStart = target;
            buffer.position(0).limit(0);
        }
    }

    /** So many bytes to read, at the buffer's position. */
    ByteBuffer take(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            bufferStart += buffer.position();
            buffer.compact();
            while (buffer.position() < bytes) {
                if (channel.read(buffer, bufferStart + buffer.position()) < 0) {
                    throw truncated("it ends at byte %d, within its header".formatted(channel.size()));
                }
            }
            buffer.flip();
        }
        return buffer;
    }

    PlanException truncated(String how) {
        return new PlanException("%s is cut short: %s. Fetch it again".formatted(file, how));
    }
}
