package dev.cermin.security;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may call an endpoint.
 *
 * @param method of HTTP; {@code GET} is {@code HEAD} too
 * @param path as JAX-RS writes it; {@code {x}} is one segment, a last {@code **} any number
 * @param roles one of which is needed; empty for none: whoever asks is answered
 * @param reading how a trace is read by it, for the log of reads; null where it isn't
 */
public record Permission(
        String method,
        String path,
        Set<String> roles,
        @Nullable String reading) {
    private static final String REST = "**";

    /** Whether nobody needs to log in for it. */
    public boolean open() {
        return roles.isEmpty();
    }

    /** How many of its segments are the path's own; -1 where it isn't meant. */
    int match(String asked, List<String> segments) {
        String effective = asked.equals("HEAD") ? "GET" : asked;
        if (!method.equals("*") && !method.equals(effective)) {
            return -1;
        }
        List<String> own = segments(path);
        boolean any = !own.isEmpty() && own.getLast().equals(REST);
        int fixed = any ? own.size() - 1 : own.size();
        if (any ? segments.size() < fixed : segments.size() != fixed) {
            return -1;
        }
        int literal = 0;
        for (int i = 0; i < fixed; i++) {
            boolean open = own.get(i).startsWith("{");
            if (!open && !own.get(i).equals(segments.get(i))) {
                return -1;
            }
            literal += open ? 0 : 2;
        }
        return any ? literal : literal + 1;
    }

    /** The value of {@code {name}} in a path that matches; null where it has none. */
    @Nullable
    String value(String name, List<String> segments) {
        int at = segments(path).indexOf("{" + name + "}");
        return at < 0 ? null : segments.get(at);
    }

    static List<String> segments(String path) {
        return List.of(path.split("/")).stream().filter(part -> !part.isEmpty()).toList();
    }
}
