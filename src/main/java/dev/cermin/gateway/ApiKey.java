package dev.cermin.gateway;

import dev.cermin.config.CerminConfig;
import dev.cermin.security.Logins;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/**
 * The key that {@code /v1} and {@code /mcp} ask for, where one is configured and no login is; a login goes before it, and
 * takes it for a key like any other. Immutable.
 */
@ApplicationScoped
public class ApiKey {
    private static final String NAME = "cermin.openai.api-key";

    private final Optional<String> key;
    private final boolean login;

    /** @throws IllegalArgumentException for one that is there and empty: who sets a key means to be asked for it */
    public ApiKey(CerminConfig config, Config all) {
        this.key = config.openai().apiKey();
        this.login = new Logins(config, all).required();
        ConfigValue given = all.getConfigValue(NAME);
        if (given.getSourceName() != null && key.filter(text -> !text.isBlank()).isEmpty()) {
            throw new IllegalArgumentException("%s is empty in %s; give a key, or leave the setting out to ask for none"
                    .formatted(NAME, given.getSourceName()));
        }
    }

    /** @param authorization the header's value, such as {@code Bearer KEY}; empty for none */
    public boolean opens(String authorization) {
        return login || key.isEmpty() || MessageDigest.isEqual(utf8("Bearer " + key.get()), utf8(authorization));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
