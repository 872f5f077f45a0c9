package dev.cermin.observe;

import java.util.UUID;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * What every line that is logged while a task is worked on has beside its message: {@code taskId}, {@code agent},
 * {@code lane}, {@code traceId}, {@code spanId}, as fields of JSON logs. Of the thread that opened it.
 */
public final class LogContext implements AutoCloseable {
    private static final String TASK = "taskId";
    private static final String AGENT = "agent";
    private static final String LANE = "lane";
    private static final String TRACE = "traceId";
    private static final String SPAN = "spanId";

    private LogContext() {}

    /** @param task its id, or whatever key the record had that is to be one; null for none */
    public static LogContext open(@Nullable String task, @Nullable String lane, @Nullable TraceParent trace) {
        LogContext context = new LogContext();
        put(TASK, task);
        put(LANE, lane);
        if (trace != null) {
            MDC.put(TRACE, trace.traceId());
            MDC.put(SPAN, trace.spanId());
        }
        return context;
    }

    public static LogContext open(UUID task, @Nullable TraceParent trace) {
        return open(task.toString(), null, trace);
    }

    /** Known once the message is read. */
    public static void agent(String name) {
        MDC.put(AGENT, name);
    }

    private static void put(String key, @Nullable String value) {
        if (value != null) {
            MDC.put(key, value);
        }
    }

    @Override
    public void close() {
        MDC.remove(TASK);
        MDC.remove(AGENT);
        MDC.remove(LANE);
        MDC.remove(TRACE);
        MDC.remove(SPAN);
    }
}
