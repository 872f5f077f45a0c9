package dev.cermin.security;

/** Somebody wants to act for a tenant that isn't theirs. */
public final class OtherTenantException extends RuntimeException {
    OtherTenantException(String given, String own) {
        super("You act for tenant '%s', not for '%s'; leave the tenant out, or ask an admin".formatted(own, given));
    }
}
