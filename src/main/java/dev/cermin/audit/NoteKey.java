package dev.cermin.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key that notes are checked with (C2SP signed-note, Ed25519), written as {@code NAME+ID+KEY}: the ID is
 * four bytes in hex that follow from name and key. Immutable.
 */
public final class NoteKey {
    private static final byte ED25519 = 1;
    private static final int RAW = 32;

    /** What X.509 puts before the 32 bytes of an Ed25519 key (RFC 8410). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final PublicKey key;
    private final byte[] typed;

    private NoteKey(String name, PublicKey key, byte[] raw) {
        this.name = requireName(name);
        this.key = key;
        this.typed = ByteBuffer.allocate(1 + RAW).put(ED25519).put(raw).array();
    }

    static NoteKey of(String name, PublicKey key) {
        byte[] encoded = key.getEncoded();
        return new NoteKey(name, key, Arrays.copyOfRange(encoded, encoded.length - RAW, encoded.length));
    }

    /** @throws IllegalArgumentException where the text is no key, or its ID another key's */
    public static NoteKey of(String text) {
        String[] parts = text.strip().split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("A key for notes is NAME+ID+KEY, not '%s'".formatted(text));
        }
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != 1 + RAW || typed[0] != ED25519) {
            throw new IllegalArgumentException(
                    "The key of '%s' is not one of Ed25519: a byte 1 and 32 bytes in Base64".formatted(parts[0]));
        }
        byte[] raw = Arrays.copyOfRange(typed, 1, typed.length);
        NoteKey key = new NoteKey(parts[0], publicKey(raw), raw);
        if (!HexFormat.of().formatHex(key.id()).equals(parts[1])) {
            throw new IllegalArgumentException("The ID of key '%s' is %s; its name and bytes give %s"
                    .formatted(parts[0], parts[1], HexFormat.of().formatHex(key.id())));
        }
        return key;
    }

    private static PublicKey publicKey(byte[] raw) {
        byte[] encoded =
                ByteBuffer.allocate(X509.length + RAW).put(X509).put(raw).array();
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("These bytes are no Ed25519 key: " + e.getMessage(), e);
        }
    }

    /** As names of keys and logs are: something without spaces and plus signs. */
    static String requireName(String name) {
        if (name.isEmpty()
                || name.chars().anyMatch(c -> c == '+' || Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw new IllegalArgumentException(
                    "A name without spaces and plus signs is expected, not '%s'".formatted(name));
        }
        return name;
    }

    public String name() {
        return name;
    }

    /** Four bytes: the beginning of SHA-256 of name, line break, type and key. */
    byte[] id() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((name + "\n").getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(sha256.digest(typed), 4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    boolean verifies(byte[] text, byte[] signature) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(text);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException e) {
            // a signature of another length, or a point that isn't on the curve
            return false;
        }
    }

    @Override
    public String toString() {
        return name + "+" + HexFormat.of().formatHex(id()) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }
}
