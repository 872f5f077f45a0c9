package dev.cermin.flow;

import dev.cermin.flow.claim.Claims;
import java.util.Optional;
import java.util.UUID;

/** Of a process without a database. */
enum NoClaims implements Claims {
    INSTANCE;

    @Override
    public boolean take(int bytes) {
        return false;
    }

    @Override
    public Optional<UUID> tryKeep(UUID task, byte[] state) {
        throw new IllegalStateException("Nothing is kept here");
    }

    @Override
    public UUID keep(UUID task, byte[] state) {
        throw new IllegalStateException("Nothing is kept here");
    }

    @Override
    public Optional<byte[]> find(UUID id) {
        throw new IllegalStateException("Nothing is kept here");
    }
}
