package dev.cermin.health;

import dev.cermin.config.CerminConfig.ServiceRole;
import dev.cermin.flow.Workers;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Live: nothing outside counts, so nobody is killed for waiting. Started: Kafka was there with its topics. Ready: what the
 * roles can't do without is there. That is Kafka for all; Postgres for a recorder, but not for a gateway, which takes tasks
 * without it: there it only makes {@code /q/health/well} say down.
 */
final class Checks {
    @Produces
    @Liveness
    @ApplicationScoped
    HealthCheck lanes(Workers workers) {
        return () ->
                HealthCheckResponse.named("lanes").status(workers.lanesRun()).build();
    }

    @Produces
    @Startup
    @ApplicationScoped
    HealthCheck topics(Surroundings around) {
        return () -> {
            boolean started = !around.needsKafka() || around.kafkaSeen();
            return response("topics", started, started ? Optional.empty() : around.kafkaProblem());
        };
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck kafka(Surroundings around) {
        return () -> {
            Optional<String> problem = around.needsKafka() ? around.kafkaProblem() : Optional.empty();
            return response("kafka", problem.isEmpty(), problem);
        };
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck postgres(Surroundings around) {
        return () -> {
            Optional<String> problem = around.needsStore() ? around.storeProblem() : Optional.empty();
            return response("postgres", problem.isEmpty() || around.plays(ServiceRole.GATEWAY), problem);
        };
    }

    @Produces
    @Wellness
    @ApplicationScoped
    HealthCheck store(Surroundings around) {
        return () -> {
            Optional<String> problem = around.needsStore() ? around.storeProblem() : Optional.empty();
            return response("postgres", problem.isEmpty(), problem);
        };
    }

    private static HealthCheckResponse response(String name, boolean up, Optional<String> problem) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name).status(up);
        problem.ifPresent(text -> response.withData("problem", text));
        return response.build();
    }
}
