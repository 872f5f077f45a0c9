package dev.cermin.flow;

import dev.cermin.config.CerminConfig;
import dev.cermin.config.TracesConfig;
import dev.cermin.loop.Task;
import dev.cermin.observe.Metric;
import dev.cermin.observe.Metrics;
import dev.cermin.redact.Kind;
import dev.cermin.redact.Redaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** By which rules a task's trace is redacted: its agent's, its tenant's, or everyone's. Thread-safe. */
@Singleton
final class Redactions {
    /** Tenants and agents without rules of their own share everyone's: those that have some are few. */
    private final Map<Set<Kind>, Redaction> made = new ConcurrentHashMap<>();

    private final TracesConfig.Redaction config;
    private final Redaction custom;

    @Inject
    Redactions(CerminConfig config, Metrics metrics) {
        this(config.redaction(), mark -> metrics.count(Metric.REDACTIONS, mark));
    }

    /** @throws IllegalArgumentException for a custom rule that can't be read */
    Redactions(TracesConfig.Redaction config, Consumer<String> listener) {
        this.config = config;
        Redaction rules = Redaction.NONE;
        for (Map.Entry<String, String> rule : config.custom().entrySet()) {
            rules = rules.with(rule.getKey(), rule.getValue());
        }
        this.custom = rules.told(listener);
    }

    /** Everyone's, for what is of no task. */
    Redaction everyones() {
        return config.enabled() ? rules(config.kinds()) : Redaction.NONE;
    }

    Redaction of(Task task) {
        TracesConfig.RedactionOf tenant = config.tenants().get(task.tenant());
        TracesConfig.RedactionOf agent = config.agents().get(task.agent());
        return enabled(agent, enabled(tenant, config.enabled()))
                ? rules(kinds(agent, kinds(tenant, config.kinds())))
                : Redaction.NONE;
    }

    private Redaction rules(Set<Kind> kinds) {
        return made.computeIfAbsent(kinds, custom::kinds);
    }

    private static boolean enabled(TracesConfig.@Nullable RedactionOf own, boolean otherwise) {
        return own == null ? otherwise : own.enabled().orElse(otherwise);
    }

    private static Set<Kind> kinds(TracesConfig.@Nullable RedactionOf own, Set<Kind> otherwise) {
        return own == null ? otherwise : own.kinds().orElse(otherwise);
    }
}
