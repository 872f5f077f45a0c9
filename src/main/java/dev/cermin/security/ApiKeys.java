package dev.cermin.security;

import dev.cermin.config.CerminConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The keys that are configured, each by the SHA-256 of it: a key is 256 random bits, so no slower hash is needed, and
 * who reads the configuration can't use it. Immutable.
 */
public final class ApiKeys {
    /** What every key begins with, so that it is known for one, also where it shouldn't be. */
    public static final String PREFIX = "cermin_";

    private static final int BYTES = 32;

    private record Entry(byte[] hash, Caller caller) {}

    private final List<Entry> entries = new ArrayList<>();

    /** @throws IllegalArgumentException with what is wrong with a key's settings */
    public ApiKeys(Map<String, CerminConfig.Key> configured) {
        new TreeMap<>(configured).forEach((name, key) -> entries.add(new Entry(hash(name, key), caller(name, key))));
    }

    private static byte[] hash(String name, CerminConfig.Key key) {
        String given = key.sha256().strip();
        if (!given.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException(
                    ("cermin.security.keys.%s.sha256: 64 hex digits are expected, the SHA-256"
                                    + " of the key as './cermin keys create' prints it, not a text of %d characters")
                            .formatted(name, given.length()));
        }
        return HexFormat.of().parseHex(given);
    }

    private static Caller caller(String name, CerminConfig.Key key) {
        Set<String> roles = key.roles();
        if (roles.isEmpty() || !Roles.ALL.containsAll(roles)) {
            throw new IllegalArgumentException(
                    "cermin.security.keys.%s.roles: some of %s are expected, not %s".formatted(name, Roles.ALL, roles));
        }
        if (key.tenant().isBlank()) {
            throw new IllegalArgumentException(
                    "cermin.security.keys.%s.tenant is empty; name the tenant, or leave it out".formatted(name));
        }
        return new Caller("key:" + name, roles.contains(Roles.ADMIN) ? null : key.tenant(), roles);
    }

    /** Who has this key. */
    public Optional<Caller> find(String key) {
        byte[] hash = sha256(key);
        // all are looked at, and all of each, so that time tells nothing
        Caller found = null;
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(entry.hash, hash)) {
                found = entry.caller;
            }
        }
        return Optional.ofNullable(found);
    }

    /** In the order of their names. */
    public List<Caller> all() {
        return entries.stream().map(Entry::caller).toList();
    }

    /** A new key. */
    public static String create() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** What the configuration has of a key. */
    public static String fingerprint(String key) {
        return HexFormat.of().formatHex(sha256(key));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
