package dev.cermin.flow;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * In {@code /q/health/ready}: for each lane that waits, what for. Always up: a worker whose model is away is needed when it
 * is back, and serves others meanwhile.
 */
@Readiness
@ApplicationScoped
class LanesHealth implements HealthCheck {
    private final Workers workers;

    LanesHealth(Workers workers) {
        this.workers = workers;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("lanes").up();
        for (Map.Entry<String, Map<String, String>> lane : workers.away().entrySet()) {
            response.withData(lane.getKey(), "waits for " + lane.getValue());
        }
        return response.build();
    }
}
