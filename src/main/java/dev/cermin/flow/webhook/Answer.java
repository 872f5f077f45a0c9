package dev.cermin.flow.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a receiver made of a call. */
public sealed interface Answer {
    /** It has it: a status of 2xx. */
    record Taken() implements Answer {}

    /**
     * It may take it later: 408, 425, 429, 5xx, no connection, no answer in time.
     *
     * @param reason for people, without the address
     * @param retryAfter how long it asks to wait; null where it doesn't say
     */
    record Later(String reason, @Nullable Duration retryAfter) implements Answer {}

    /** It never will: any other status, 410 among them; redirects aren't followed. */
    record Refused(String reason) implements Answer {}
}
