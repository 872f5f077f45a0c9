package dev.cermin.flow.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs by the Standard Webhooks specification, version 1: HMAC-SHA256 over id, timestamp and body. With several secrets
 * there is a signature of each, so that receivers change over one by one. Immutable; tells no secret.
 */
public final class Signer {
    private static final String PREFIX = "whsec_";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final String HMAC = "HmacSHA256";

    private final List<SecretKeySpec> keys;

    private Signer(List<SecretKeySpec> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * @param secrets {@code whsec_} and 24 to 64 bytes as base64, at least one
     * @throws IllegalArgumentException for anything else; the message tells which one, and not what it is
     */
    public static Signer of(List<String> secrets) {
        List<SecretKeySpec> keys = new ArrayList<>();
        for (String secret : secrets) {
            keys.add(key(secret.strip(), keys.size() + 1));
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("At least one secret is expected to sign webhooks with");
        }
        return new Signer(keys);
    }

    private static SecretKeySpec key(String secret, int number) {
        byte[] bytes = bytes(secret);
        if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "Secret %d of webhooks is not %s and %d to %d bytes as base64; make one: echo %s$(openssl rand -base64 32)"
                            .formatted(number, PREFIX, LEAST_BYTES, MOST_BYTES, PREFIX));
        }
        return new SecretKeySpec(bytes, HMAC);
    }

    private static byte[] bytes(String secret) {
        try {
            return secret.startsWith(PREFIX)
                    ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                    : new byte[0];
        } catch (IllegalArgumentException e) {
            // its message would quote the secret
            return new byte[0];
        }
    }

    /**
     * The value of {@code webhook-signature}.
     *
     * @param timestamp in seconds since 1970
     */
    public String sign(String id, long timestamp, byte[] body) {
        byte[] before = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        StringJoiner signatures = new StringJoiner(" ");
        for (SecretKeySpec key : keys) {
            try {
                Mac mac = Mac.getInstance(HMAC);
                mac.init(key);
                mac.update(before);
                signatures.add("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has " + HMAC, e);
            }
        }
        return signatures.toString();
    }
}
