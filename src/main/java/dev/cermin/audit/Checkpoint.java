package dev.cermin.audit;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What the log was at some time, as the text of a signed note (C2SP tlog-checkpoint).
 *
 * @param origin the name of the log
 * @param size how many entries it had
 * @param root of their tree, 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, and compared by its bytes
public record Checkpoint(String origin, long size, byte[] root) {
    private static final int BYTES = 32;

    public Checkpoint {
        NoteKey.requireName(origin);
        if (size < 0 || root.length != BYTES) {
            throw new IllegalArgumentException("A checkpoint has a size from 0 and a root of %d bytes, not %d and %d"
                    .formatted(BYTES, size, root.length));
        }
        root = root.clone();
    }

    /** Three lines: origin, size, root in Base64. */
    public String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }

    /**
     * The checkpoint that a note's text is; what stands behind its three lines is passed over.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static Checkpoint of(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 3 || !lines.get(1).matches("0|[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException(
                    "A checkpoint is a log's name, its size and its root, a line each; this is '%s'"
                            .formatted(text.length() > 100 ? text.substring(0, 100) + "…" : text));
        }
        byte[] root = Base64.getDecoder().decode(lines.get(2));
        return new Checkpoint(lines.getFirst(), Long.parseLong(lines.get(1)), root);
    }

    @Override
    public byte[] root() {
        return root.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Checkpoint that
                && origin.equals(that.origin)
                && size == that.size
                && Arrays.equals(root, that.root);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(size) * 31 + Arrays.hashCode(root);
    }

    @Override
    public String toString() {
        return text();
    }
}
