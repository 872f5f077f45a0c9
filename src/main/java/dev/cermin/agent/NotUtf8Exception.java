package dev.cermin.agent;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** A file that is not UTF-8. */
final class NotUtf8Exception extends UncheckedIOException {
    private final int line;

    private NotUtf8Exception(int line, byte wrong) {
        super("not UTF-8 text: the byte 0x%02X can't stand here".formatted(wrong), new CharacterCodingException());
        this.line = line;
    }

    /** From 1. */
    int line() {
        return line;
    }

    /** @throws NotUtf8Exception for other bytes */
    static String text(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw new NotUtf8Exception(line, bytes[in.position()]);
        }
        return out.flip().toString();
    }
}
