package dev.cermin.page;

import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an address says, read strictly. */
final class Parameters {
    private Parameters() {}

    /** Each parameter once, in order. */
    static Map<String, String> single(UriInfo uri) {
        Map<String, String> all = new LinkedHashMap<>();
        uri.getQueryParameters().forEach((name, values) -> {
            if (values.size() > 1) {
                throw PageProblems.badFilter(name, "%s stands %d times in the address".formatted(name, values.size()));
            }
            all.put(name, values.getFirst().strip());
        });
        return all;
    }

    static UUID task(@Nullable String id) {
        if (id == null) {
            throw PageProblems.noTask("");
        }
        try {
            UUID task = UUID.fromString(id);
            if (task.toString().equalsIgnoreCase(id)) {
                return task;
            }
        } catch (IllegalArgumentException e) {
            throw PageProblems.noTask(id);
        }
        throw PageProblems.noTask(id);
    }
}
