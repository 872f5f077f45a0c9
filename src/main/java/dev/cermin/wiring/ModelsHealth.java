package dev.cermin.wiring;

import dev.cermin.dispatch.Dispatch;
import dev.cermin.dispatch.Health;
import dev.cermin.model.Models;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * {@code /q/health/well}: down while a model's circuit breaker is open. Not part of readiness: a model that is down is no
 * reason to restart a worker, nor to send it no more tasks.
 */
@Wellness
@ApplicationScoped
class ModelsHealth implements HealthCheck {
    private final Models models;

    ModelsHealth(Models models) {
        this.models = models;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("models");
        boolean well = true;
        if (models instanceof Dispatch dispatch) {
            for (Health health : dispatch.health()) {
                well &= health.state() != Health.State.OPEN;
                String name = health.place().isEmpty() ? health.model() : health.model() + " at " + health.place();
                response.withData(name, text(health));
            }
        }
        return response.status(well).build();
    }

    private static String text(Health health) {
        String failure = health.lastFailure() == null
                ? ""
                : "; the last failure, %s, at %s"
                        .formatted(
                                health.lastFailure().kind().name().toLowerCase(Locale.ROOT),
                                health.lastFailure().at());
        return "breaker %s, %d in flight, %d waiting, %d calls, %d failed%s"
                .formatted(
                        health.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        health.inFlight(),
                        health.queued(),
                        health.calls(),
                        health.failures(),
                        failure);
    }
}
