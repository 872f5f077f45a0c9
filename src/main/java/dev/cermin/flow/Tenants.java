package dev.cermin.flow;

import dev.cermin.config.CerminConfig;
import dev.cermin.config.FlowConfig;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What each tenant may have. Immutable. */
public final class Tenants {
    private final Map<String, Terms> named;
    private final Terms others;

    /**
     * Of one tenant.
     *
     * @param weight its share of what begins while others wait too, from 1
     * @param maxWaiting tasks accepted and not finished; empty for no limit
     * @param requestsPerMinute tasks accepted; empty for no limit
     */
    public record Terms(int weight, OptionalInt maxWaiting, OptionalInt requestsPerMinute) {
        private static final Terms USUAL = new Terms(1, OptionalInt.empty(), OptionalInt.empty());

        private static Terms of(String key, FlowConfig.Tenant given, Terms usual) {
            return new Terms(
                    positive(key + ".weight", given.weight()).orElse(usual.weight),
                    or(positive(key + ".max-waiting", given.maxWaiting()), usual.maxWaiting),
                    or(positive(key + ".requests-per-minute", given.requestsPerMinute()), usual.requestsPerMinute));
        }

        private static OptionalInt or(OptionalInt first, OptionalInt second) {
            return first.isPresent() ? first : second;
        }

        private static OptionalInt positive(String key, OptionalInt given) {
            if (given.isPresent() && given.getAsInt() < 1) {
                throw new IllegalArgumentException(
                        "%s is %d; 1 or more is expected, or nothing".formatted(key, given.getAsInt()));
            }
            return given;
        }

        /** Whether there is anything that a task may exceed. */
        public boolean limited() {
            return maxWaiting.isPresent() || requestsPerMinute.isPresent();
        }
    }

    private Tenants(Map<String, Terms> named, Terms others) {
        this.named = named;
        this.others = others;
    }

    /** @throws IllegalArgumentException for a name that can be no tenant's, and a number that is none */
    public static Tenants of(CerminConfig config) {
        Terms others = Terms.of("cermin.tenant-defaults", config.tenantDefaults(), Terms.USUAL);
        Map<String, Terms> named = new TreeMap<>();
        config.tenants().forEach((name, given) -> {
            Optional<TaskRules.Fault> fault = TaskRules.tenant(name);
            if (fault.isPresent()) {
                throw new IllegalArgumentException("cermin.tenants.%s can be no tenant's setting: %s"
                        .formatted(name, fault.get().detail()));
            }
            named.put(name, Terms.of("cermin.tenants." + name, given, others));
        });
        return new Tenants(named, others);
    }

    public Terms of(String tenant) {
        return named.getOrDefault(tenant, others);
    }

    /** The setting that a limit comes from. */
    public String key(String tenant, String limit) {
        return (named.containsKey(tenant) ? "cermin.tenants." + tenant : "cermin.tenant-defaults") + "." + limit;
    }

    /** Whether any tenant has a limit. */
    public boolean limited() {
        return others.limited() || named.values().stream().anyMatch(Terms::limited);
    }
}
