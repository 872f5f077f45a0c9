package dev.cermin.audit;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a leaf is in a tree, and that a tree is the beginning of another, each shown by a few hashes (RFC 9162, sections
 * 2.1.3 and 2.1.4). Thread-safe.
 */
public final class MerkleProof {
    private MerkleProof() {}

    /** The roots of full subtrees, as {@link MerkleTree.Listener} was told of them. */
    public interface Nodes {
        byte[] hash(int level, long index);
    }

    /** The hashes beside the way from a leaf up to the root of the tree of the first {@code size} leaves. */
    public static List<byte[]> inclusion(long index, long size, Nodes nodes) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("A tree of %d leaves has no leaf %d".formatted(size, index));
        }
        List<byte[]> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                path.add(root(middle, to, nodes));
                to = middle;
            } else {
                path.add(root(from, middle, nodes));
                from = middle;
            }
        }
        return path.reversed();
    }

    /** What it takes to see that the tree of the first {@code to} leaves goes on from that of the first {@code from}. */
    public static List<byte[]> consistency(long from, long to, Nodes nodes) {
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("A tree of %d leaves doesn't go on from one of %d".formatted(to, from));
        }
        List<byte[]> path = new ArrayList<>();
        if (from == 0 || from == to) {
            return path;
        }
        long begin = 0;
        long end = to;
        boolean whole = true;
        while (from != end) {
            long middle = begin + split(end - begin);
            if (from <= middle) {
                path.add(root(middle, end, nodes));
                end = middle;
            } else {
                path.add(root(begin, middle, nodes));
                begin = middle;
                whole = false;
            }
        }
        if (!whole) {
            path.add(root(begin, end, nodes));
        }
        return path.reversed();
    }

    /** The root that an inclusion path leads to; null where it is no path of that place. */
    public static byte @Nullable [] root(byte[] leaf, long index, long size, List<byte[]> path) {
        if (index < 0 || index >= size) {
            return null;
        }
        MessageDigest sha256 = MerkleHash.sha256();
        byte[] hash = MerkleHash.leaf(sha256, leaf);
        long at = index;
        long last = size - 1;
        for (byte[] beside : path) {
            if (last == 0) {
                return null;
            }
            if ((at & 1) == 1 || at == last) {
                hash = MerkleHash.node(sha256, beside, hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                hash = MerkleHash.node(sha256, hash, beside);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 ? hash : null;
    }

    /** Whether a tree is the beginning of another, by a consistency path. */
    public static boolean isConsistent(long from, byte[] fromRoot, long to, byte[] toRoot, List<byte[]> path) {
        if (from == to) {
            return path.isEmpty() && Arrays.equals(fromRoot, toRoot);
        }
        if (from == 0) {
            return path.isEmpty();
        }
        if (from < 0 || from > to || path.isEmpty()) {
            return false;
        }
        List<byte[]> rest = new ArrayList<>(path);
        byte[] first = Long.bitCount(from) == 1 ? fromRoot : rest.removeFirst();
        long at = from - 1;
        long last = to - 1;
        while ((at & 1) == 1) {
            at >>= 1;
            last >>= 1;
        }
        MessageDigest sha256 = MerkleHash.sha256();
        byte[] before = first;
        byte[] now = first;
        for (byte[] beside : rest) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                before = MerkleHash.node(sha256, beside, before);
                now = MerkleHash.node(sha256, beside, now);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                now = MerkleHash.node(sha256, now, beside);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(before, fromRoot) && Arrays.equals(now, toRoot);
    }

    /** Of a tree that isn't empty. */
    public static byte[] root(long size, Nodes nodes) {
        return size == 0 ? MerkleHash.sha256().digest() : root(0, size, nodes);
    }

    /** Of the leaves of a range that begins where a subtree does: its full subtrees, put together from the right. */
    private static byte[] root(long from, long to, Nodes nodes) {
        List<byte[]> peaks = new ArrayList<>();
        long begin = from;
        while (begin < to) {
            int level = 63 - Long.numberOfLeadingZeros(to - begin);
            peaks.add(nodes.hash(level, begin >> level));
            begin += 1L << level;
        }
        MessageDigest sha256 = MerkleHash.sha256();
        byte[] root = peaks.removeLast();
        while (!peaks.isEmpty()) {
            root = MerkleHash.node(sha256, peaks.removeLast(), root);
        }
        return root;
    }

    /** The largest power of two below. */
    private static long split(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }
}
