package dev.cermin.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Signs notes with an Ed25519 key. Immutable, thread-safe; its text shows the public key only. */
public final class NoteSigner {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final PrivateKey secret;
    private final NoteKey key;

    private NoteSigner(PrivateKey secret, NoteKey key) {
        this.secret = secret;
        this.key = key;
    }

    /**
     * With a key as {@code openssl genpkey -algorithm ed25519} and {@link #newPem()} write it.
     *
     * @param name of the log that it signs for
     * @param pem PKCS #8
     * @throws IllegalArgumentException for what is no such key; the message doesn't repeat it
     */
    public static NoteSigner of(String name, String pem) {
        NoteKey.requireName(name);
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "A private key in PEM is expected, between '%s' and '%s'".formatted(BEGIN, END));
        }
        String base64 = pem.substring(begin + BEGIN.length(), end).replaceAll("\\s", "");
        try {
            PrivateKey secret = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
            return new NoteSigner(secret, NoteKey.of(name, publicKey((EdECPrivateKey) secret)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("The private key is not one of Ed25519 in PKCS #8", e);
        }
    }

    /** PKCS #8 as it is usual has the seed alone; the pair that is made of the same seed has the public key. */
    private static PublicKey publicKey(EdECPrivateKey secret) throws GeneralSecurityException {
        byte[] seed = secret.getBytes().orElseThrow(() -> new IllegalArgumentException("The key can't be read"));
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("Ed25519");
        pairs.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        });
        return pairs.generateKeyPair().getPublic();
    }

    /** A new key, in PEM. */
    public static String newPem() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return BEGIN + "\n"
                    + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()) + "\n" + END + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has Ed25519", e);
        }
    }

    /** What its notes are checked with; no secret. */
    public NoteKey key() {
        return key;
    }

    /** @param text which ends with a line break, and has no empty line */
    public SignedNote sign(String text) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(secret);
            ed25519.update(text.getBytes(StandardCharsets.UTF_8));
            return SignedNote.of(text, key, ed25519.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The note can't be signed: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return key.toString();
    }
}
