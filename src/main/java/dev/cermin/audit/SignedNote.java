package dev.cermin.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/**
 * A text and signatures of it, readable by people and tools alike (C2SP signed-note): the text, an empty line, and a line
 * {@code — NAME SIGNATURE} for each, in Base64, four bytes of the key's ID before the signature itself.
 *
 * @param text ends with a line break
 * @param signatures the lines
 */
public record SignedNote(String text, List<String> signatures) {
    private static final String DASH = "— ";
    private static final int ID = 4;

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || text.contains("\n\n") || text.startsWith("\n")) {
            throw new IllegalArgumentException("A note's text ends with a line break, and has no empty line");
        }
    }

    static SignedNote of(String text, NoteKey key, byte[] signature) {
        byte[] marked = ByteBuffer.allocate(ID + signature.length)
                .put(key.id())
                .put(signature)
                .array();
        return new SignedNote(
                text, List.of(DASH + key.name() + " " + Base64.getEncoder().encodeToString(marked)));
    }

    /** @throws IllegalArgumentException where it is no signed note */
    public static SignedNote of(String note) {
        int end = note.lastIndexOf("\n\n");
        if (end < 0) {
            throw new IllegalArgumentException("A signed note has an empty line before its signatures; there is none");
        }
        List<String> signatures = new ArrayList<>();
        for (String line : note.substring(end + 2).lines().toList()) {
            if (!line.startsWith(DASH) || line.split(" ").length != 3) {
                throw new IllegalArgumentException("A signature is '%sNAME BASE64', not '%s'".formatted(DASH, line));
            }
            signatures.add(line);
        }
        return new SignedNote(note.substring(0, end + 1), signatures);
    }

    /**
     * Whether one of the keys signed it. Signatures of keys that aren't known say nothing.
     *
     * @throws IllegalArgumentException where a known key's signature is not one of this text
     */
    public boolean signedByAny(Collection<NoteKey> known) {
        boolean signed = false;
        for (String line : signatures) {
            String[] parts = line.split(" ");
            byte[] marked = Base64.getDecoder().decode(parts[2]);
            for (NoteKey key : known) {
                if (key.name().equals(parts[1])
                        && marked.length > ID
                        && Arrays.equals(key.id(), Arrays.copyOf(marked, ID))) {
                    byte[] signature = Arrays.copyOfRange(marked, ID, marked.length);
                    if (!key.verifies(text.getBytes(StandardCharsets.UTF_8), signature)) {
                        throw new IllegalArgumentException(
                                "The signature of '%s' is not one of this text".formatted(key.name()));
                    }
                    signed = true;
                }
            }
        }
        return signed;
    }

    @Override
    public String toString() {
        return text + "\n" + String.join("\n", signatures) + "\n";
    }
}
