package dev.cermin.integrity;

import dev.cermin.audit.NoteKey;
import dev.cermin.audit.NoteSigner;
import dev.cermin.config.CerminConfig;
import dev.cermin.config.TracesConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys of the configuration. Thread-safe; shows no secret. */
@ApplicationScoped
public class AuditKeys {
    private final TracesConfig.Audit config;

    AuditKeys(CerminConfig config) {
        this.config = config.audit();
    }

    /**
     * What this process signs with.
     *
     * @throws IllegalArgumentException where the key is none
     */
    public Optional<NoteSigner> signer() {
        return config.key()
                .filter(key -> !key.isBlank())
                .or(() -> config.keyFile().map(file -> {
                    try {
                        return Files.readString(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(
                                "The key in %s (cermin.audit.key-file) can't be read".formatted(file), e);
                    }
                }))
                .map(pem -> NoteSigner.of(config.name(), pem));
    }

    /** What checkpoints are checked with: the own key, and those before it. */
    public List<NoteKey> known() {
        List<NoteKey> keys = new ArrayList<>();
        signer().ifPresent(signer -> keys.add(signer.key()));
        config.publicKeys().orElse(List.of()).forEach(key -> keys.add(NoteKey.of(key)));
        return keys;
    }
}
