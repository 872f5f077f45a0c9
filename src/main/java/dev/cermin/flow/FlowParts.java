package dev.cermin.flow;

import dev.cermin.config.CerminConfig;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Makes the Kafka clients from the settings {@code kafka.*} that all of Quarkus uses. */
final class FlowParts {
    @Produces
    @Singleton
    LaneClients clients(@Identifier("default-kafka-broker") Map<String, Object> kafka, CerminConfig config) {
        String random = host() + "-" + UUID.randomUUID().toString().substring(0, 8);
        return new LaneClients(new HashMap<>(kafka), config.worker().id(), random);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "worker";
        }
    }
}
