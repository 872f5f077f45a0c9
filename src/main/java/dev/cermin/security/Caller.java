package dev.cermin.security;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who does something: a person, a machine with a key, or the services themselves. Immutable.
 *
 * @param name as it is stored with what they do: a person's by their identity provider, {@code key:NAME} of a machine
 * @param tenant whose rows alone it sees and for whom alone it acts; null for every tenant
 * @param roles of {@link Roles}
 */
public record Caller(String name, @Nullable String tenant, Set<String> roles) {
    /** Whoever is at this machine, where no login is configured. */
    public static final Caller LOCAL = new Caller("local", null, Set.copyOf(Roles.ALL));

    /** The services' own work, which no request asked for. */
    public static final Caller SERVICE = new Caller("cermin", null, Set.copyOf(Roles.ALL));

    /** Nobody that is known: sees no row and may do nothing. */
    public static final Caller NOBODY = new Caller("", "", Set.of());

    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean is(String role) {
        return roles.contains(role);
    }

    public boolean isAny(Set<String> some) {
        return some.stream().anyMatch(roles::contains);
    }

    /** Whether it sees what is this tenant's, and may act for it. */
    public boolean isOf(String other) {
        return tenant == null || tenant.equals(other);
    }

    /** For whom it acts: its tenant, or the one that is given where it may choose, or {@code standard}. */
    public String actsFor(@Nullable String given, String standard) {
        if (given != null && !isOf(given)) {
            throw new OtherTenantException(given, String.valueOf(tenant));
        }
        if (given != null) {
            return given;
        }
        return tenant == null ? standard : tenant;
    }
}
