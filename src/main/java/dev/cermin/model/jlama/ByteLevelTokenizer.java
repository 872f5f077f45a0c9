package dev.cermin.model.jlama;

import com.github.tjake.jlama.model.llama.LlamaTokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Byte-level BPE over the UTF-8 bytes of a text. Jlama's own works on code points, and loses every character beyond
 * Latin-1; it also drops spaces at the front when it decodes. Stateless once built.
 */
final class ByteLevelTokenizer extends LlamaTokenizer {
    /** The visible code point that stands for each byte in a vocabulary (GPT-2's table), and the way back. */
    private static final int[] POINT_OF_BYTE = new int[256];

    private static final int[] BYTE_OF_POINT = new int[512];

    static {
        int shifted = 256;
        for (int b = 0; b < 256; b++) {
            boolean visible = (b >= '!' && b <= '~') || (b >= 0xA1 && b != 0xAD);
            POINT_OF_BYTE[b] = visible ? b : shifted++;
            BYTE_OF_POINT[POINT_OF_BYTE[b]] = b;
        }
    }

    ByteLevelTokenizer(Path folder) {
        super(folder);
        if (!"BPE".equals(model.type) || model.byteFallback || !hasAllBytes()) {
            throw new ModelLoadException(
                    folder.resolve("tokenizer.json"),
                    "it is no byte-level BPE: the model type is " + model.type
                            + (model.byteFallback ? " with byte fallback" : "")
                            + ", and the vocabulary must hold all 256 bytes",
                    "Run this model on llama-server instead");
        }
    }

    /** The token ids of a text, without the beginning-of-text token. */
    int[] ids(String text) {
        long[] ids = encode(text);
        int[] result = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            result[i] = Math.toIntExact(ids[i]);
        }
        return result;
    }

    /** What a token adds to a text. Special tokens are kept: which of them end a text is for the caller to know. */
    byte[] bytes(int id) {
        String piece = model.vocabLookup.inverse().get((long) id);
        if (piece == null) {
            return new byte[0]; // padding of the vocabulary, which no text contains
        }
        if (model.addedTokens().containsKey(piece)) {
            return piece.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        piece.codePoints().forEach(point -> {
            if (point < POINT_OF_BYTE.length * 2 && POINT_OF_BYTE[BYTE_OF_POINT[point]] == point) {
                bytes.write(BYTE_OF_POINT[point]);
            } else {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }

    @Override
    public String decode(long[] ids) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long id : ids) {
            bytes.writeBytes(bytes(Math.toIntExact(id)));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    protected String preProcess(String piece) {
        String text = model.normalizer() == null ? piece : model.normalizer().normalize(piece);
        StringBuilder points = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            points.appendCodePoint(POINT_OF_BYTE[b & 0xFF]);
        }
        return points.toString();
    }

    private boolean hasAllBytes() {
        for (int point : POINT_OF_BYTE) {
            if (!model.vocabLookup.containsKey(Character.toString(point))) {
                return false;
            }
        }
        return true;
    }
}
