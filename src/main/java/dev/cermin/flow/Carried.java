package dev.cermin.flow;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Headers that every message of a task takes along from the one before, unread, up to its result. Immutable, but for the
 * bytes, which nobody changes.
 */
final class Carried {
    static final Carried NOTHING = new Carried(Map.of());

    /** For whoever hears of the end: result and trace take them along, too. */
    private static final List<String> TO_THE_END = List.of("traceparent", "tracestate");

    /** For whoever works on the task, and too large to be told again with each step of its trace. */
    private static final List<String> FOR_WORK = List.of(Messages.CONVERSATION_HEADER);

    private final Map<String, byte[]> headers;

    private Carried(Map<String, byte[]> headers) {
        this.headers = headers;
    }

    static Carried of(Headers given) {
        Map<String, byte[]> taken = new TreeMap<>();
        TO_THE_END.forEach(name -> take(given, name, taken));
        FOR_WORK.forEach(name -> take(given, name, taken));
        return taken.isEmpty() ? NOTHING : new Carried(taken);
    }

    private static void take(Headers given, String name, Map<String, byte[]> into) {
        Header header = given.lastHeader(name);
        if (header != null && header.value() != null) {
            into.put(name, header.value());
        }
    }

    /** This and one more. */
    Carried with(String name, byte[] value) {
        Map<String, byte[]> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Carried(more);
    }

    /** The value of one; null for none. */
    byte @Nullable [] get(String name) {
        return headers.get(name);
    }

    void addTo(Headers step) {
        headers.forEach(step::add);
    }

    void addToldTo(Headers traceOrResult) {
        for (String name : TO_THE_END) {
            byte[] value = headers.get(name);
            if (value != null) {
                traceOrResult.add(name, value);
            }
        }
    }
}
