package dev.cermin.audit;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The hash over a list that only grows (RFC 9162, section 2.1: SHA-256, leaves and nodes told apart by their first byte).
 * It keeps no leaves, only the roots of the full subtrees that they make up, largest first: at most 63. Not thread-safe.
 */
public final class MerkleTree {
    private static final int BYTES = 32;

    private final List<byte[]> peaks;
    private final MessageDigest sha256;
    private long size;

    public MerkleTree() {
        this(0, List.of());
    }

    /** Gets to know the root of each full subtree as it becomes full. */
    public interface Listener {
        /**
         * @param level of the root: its subtree has {@code 1 << level} leaves; from 0, a leaf itself
         * @param index of the subtree among those of its level, from 0
         */
        void full(int level, long index, byte[] hash);
    }

    private MerkleTree(long size, List<byte[]> peaks) {
        this.size = size;
        this.peaks = new ArrayList<>(peaks);
        this.sha256 = MerkleHash.sha256();
    }

    /**
     * A tree that was left off.
     *
     * @param peaks the roots of its full subtrees, largest first
     */
    public static MerkleTree of(long size, List<byte[]> peaks) {
        if (peaks.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    "A tree of %d leaves has %d peaks, not %d".formatted(size, Long.bitCount(size), peaks.size()));
        }
        return new MerkleTree(size, peaks);
    }

    /**
     * A tree as {@link #state()} wrote it down.
     *
     * @throws IllegalArgumentException where that is no tree of this size
     */
    public static MerkleTree of(long size, String state) {
        List<byte[]> peaks = new ArrayList<>();
        byte[] all = HexFormat.of().parseHex(state);
        if (all.length != Long.bitCount(size) * BYTES) {
            throw new IllegalArgumentException("A tree of %d leaves has %d hashes of %d bytes, not %d bytes in all"
                    .formatted(size, Long.bitCount(size), BYTES, all.length));
        }
        for (int i = 0; i < all.length; i += BYTES) {
            peaks.add(Arrays.copyOfRange(all, i, i + BYTES));
        }
        return new MerkleTree(size, peaks);
    }

    /** What it takes to go on, hex. */
    public String state() {
        StringBuilder all = new StringBuilder();
        peaks.forEach(peak -> all.append(HexFormat.of().formatHex(peak)));
        return all.toString();
    }

    public long size() {
        return size;
    }

    public void add(byte[] leaf) {
        add(leaf, (level, index, hash) -> {});
    }

    public void add(byte[] leaf, Listener listener) {
        byte[] hash = MerkleHash.leaf(sha256, leaf);
        int level = 0;
        long index = size;
        listener.full(level, index, hash);
        for (; (index & 1) == 1; index >>= 1) {
            hash = MerkleHash.node(sha256, peaks.removeLast(), hash);
            listener.full(++level, index >> 1, hash);
        }
        peaks.add(hash);
        size++;
    }

    /** 32 bytes; of an empty list, the hash of nothing. */
    public byte[] root() {
        if (peaks.isEmpty()) {
            return sha256.digest();
        }
        byte[] root = peaks.getLast();
        for (int i = peaks.size() - 2; i >= 0; i--) {
            root = MerkleHash.node(sha256, peaks.get(i), root);
        }
        return root.clone();
    }
}
