package dev.cermin.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of a Merkle tree (RFC 9162, section 2.1.1): leaves and nodes are told apart by their first byte. */
final class MerkleHash {
    private MerkleHash() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    static byte[] leaf(MessageDigest sha256, byte[] leaf) {
        sha256.update((byte) 0);
        return sha256.digest(leaf);
    }

    static byte[] node(MessageDigest sha256, byte[] left, byte[] right) {
        sha256.update((byte) 1);
        sha256.update(left);
        return sha256.digest(right);
    }
}
