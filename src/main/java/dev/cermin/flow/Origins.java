package dev.cermin.flow;

import dev.cermin.json.JsonException;
import dev.cermin.trace.Origin;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The origin of a task in the headers of its trace's messages. Those of earlier versions have none. */
final class Origins {
    static final String TENANT_HEADER = "cermin_tenant";
    static final String CREATED_HEADER = "cermin_created_at";

    private Origins() {}

    static void write(Origin origin, Headers to) {
        to.add(TENANT_HEADER, origin.tenant().getBytes(StandardCharsets.UTF_8));
        to.add(CREATED_HEADER, origin.createdAt().toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Null where the headers don't say.
     *
     * @throws JsonException where they say what nobody understands
     */
    static @Nullable Origin read(Headers from) {
        String tenant = text(from, TENANT_HEADER);
        String created = text(from, CREATED_HEADER);
        if (tenant == null || created == null) {
            return null;
        }
        try {
            return new Origin(tenant, Instant.parse(created));
        } catch (DateTimeException e) {
            throw new JsonException("The header " + CREATED_HEADER + " is no time", e);
        }
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
