package dev.cermin.gateway;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A task as it is submitted.
 *
 * @param agent the agent's name
 * @param input what is asked; at most 1 MiB of UTF-8
 * @param metadata the caller's own
 * @param tenant default {@code default}
 * @param priority the higher, the earlier it begins; any whole number, default 0
 * @param deadline after which no further step is begun, in ISO-8601 form with its offset
 * @param startAt before which it doesn't begin, in the same form; its agent's timeout counts from then; default at once
 * @param callback the address that the outcome is told to, of http or https, where webhooks are sent; default none
 */
@Schema(name = "TaskRequest")
public record TaskRequest(
        @Schema(required = true, examples = "equations") @Nullable
        String agent,

        @Schema(required = true, examples = "2x^2+5x-3=0") @Nullable
        String input,

        @Nullable Map<String, String> metadata,
        @Nullable String tenant,
        @Nullable Integer priority,

        @Schema(format = "date-time", examples = "2030-01-01T12:00:00Z") @Nullable
        String deadline,

        @Schema(format = "date-time", examples = "2030-01-01T09:00:00Z") @Nullable
        String startAt,

        @Schema(format = "uri", examples = "https://hooks.example.com/cermin") @Nullable
        String callback) {}
