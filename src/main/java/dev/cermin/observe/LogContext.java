package dev.cermin.observe;

import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * What every line that is logged while a task is worked on has beside its message: {@code taskId}, {@code agent},
 * {@code lane}, {@code traceId}, {@code spanId}, as fields of JSON logs. Of the thread that works.
 */
public final class LogContext {
    private static final String TASK = "taskId";
    private static final String AGENT = "agent";
    private static final String LANE = "lane";
    private static final String TRACE = "traceId";
    private static final String SPAN = "spanId";

    private LogContext() {}

    /**
     * Does some work on a task.
     *
     * @param task its id, or whatever key the record had that is to be one; null for none
     * @param lane that serves it; null for none
     */
    public static <T> T of(
            @Nullable String task, @Nullable String lane, @Nullable TraceParent trace, Supplier<T> work) {
        put(TASK, task);
        put(LANE, lane);
        put(TRACE, trace == null ? null : trace.traceId());
        put(SPAN, trace == null ? null : trace.spanId());
        try {
            return work.get();
        } finally {
            List.of(TASK, AGENT, LANE, TRACE, SPAN).forEach(MDC::remove);
        }
    }

    /** The same, now that more is known of what this thread works on. */
    public static void agent(String name, String lane) {
        MDC.put(AGENT, name);
        MDC.put(LANE, lane);
    }

    private static void put(String key, @Nullable String value) {
        if (value != null) {
            MDC.put(key, value);
        }
    }
}
