package dev.cermin.flow;

import dev.cermin.observe.TraceParent;
import java.nio.charset.StandardCharsets;
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
    private static final List<String> TO_THE_END = List.of(TraceParent.HEADER, TraceParent.STATE);

    /** For whoever works on the task: too large to be told again with each step of its trace, or for nobody else. */
    private static final List<String> FOR_WORK = List.of(Messages.CONVERSATION_HEADER, Messages.CALLBACK_HEADER);

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
        byte[] value = value(given, name);
        if (value != null) {
            into.put(name, value);
        }
    }

    /** This and one more. */
    Carried with(String name, byte[] value) {
        Map<String, byte[]> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Carried(more);
    }

    /** This, within that trace. */
    Carried within(@Nullable TraceParent place) {
        if (place == null) {
            return this;
        }
        Map<String, byte[]> more = new TreeMap<>(headers);
        more.put(TraceParent.HEADER, bytes(place.traceparent()));
        if (place.tracestate() == null) {
            more.remove(TraceParent.STATE);
        } else {
            more.put(TraceParent.STATE, bytes(place.tracestate()));
        }
        return new Carried(more);
    }

    /** Where these messages belong in a distributed trace; null where none says so. */
    @Nullable
    TraceParent traceParent() {
        return traceParent(headers.get(TraceParent.HEADER), headers.get(TraceParent.STATE));
    }

    static @Nullable TraceParent traceParent(Headers given) {
        return traceParent(value(given, TraceParent.HEADER), value(given, TraceParent.STATE));
    }

    private static @Nullable TraceParent traceParent(byte @Nullable [] parent, byte @Nullable [] state) {
        return parent == null
                ? null
                : TraceParent.of(text(parent), state == null ? null : text(state))
                        .orElse(null);
    }

    private static byte @Nullable [] value(Headers given, String name) {
        Header header = given.lastHeader(name);
        return header == null ? null : header.value();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
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
