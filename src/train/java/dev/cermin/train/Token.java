package dev.cermin.train;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A token is a byte, or one of nine tags behind them. */
final class Token {
    static final int BEGIN = 256;
    static final int END = 257;
    static final int PAD = 258;
    static final int THINKING = 259;
    static final int THINKING_END = 260;
    static final int REFLECTION = 261;
    static final int REFLECTION_END = 262;
    static final int OUTPUT = 263;
    static final int OUTPUT_END = 264;
    static final List<String> TAGS = List.of(
            "<bos>",
            "<eos>",
            "<pad>",
            "<thinking>",
            "</thinking>",
            "<reflection>",
            "</reflection>",
            "<output>",
            "</output>");

    private Token() {}

    /** The tag that begins there, or -1. */
    static int tagAt(String text, int at) {
        for (int i = 0; i < TAGS.size(); i++) {
            if (text.startsWith(TAGS.get(i), at)) {
                return BEGIN + i;
            }
        }
        return -1;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes among the tokens, as a text. */
    static String text(int[] tokens, int from) {
        byte[] bytes = new byte[tokens.length];
        int count = 0;
        for (int i = from; i < tokens.length; i++) {
            if (tokens[i] < BEGIN) {
                bytes[count++] = (byte) tokens[i];
            }
        }
        return new String(bytes, 0, count, StandardCharsets.UTF_8);
    }
}
