package dev.cermin.gateway;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * From where a trace is to go on, and with what.
 *
 * @param step the last step that is kept, from 0; the loop goes on behind it
 * @param agent of those that are known here; default: the definition that the trace is pinned to
 * @param model a configured one that writes in place of the agent's; default: the agent's own
 */
@Schema(name = "ForkRequest")
public record ForkRequest(
        @Schema(required = true, examples = "2") @Nullable Integer step,

        @Nullable String agent,
        @Nullable String model) {}
