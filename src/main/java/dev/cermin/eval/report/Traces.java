package dev.cermin.eval.report;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Where traces can be read. */
record Traces(String address) {
    static final Traces NONE = new Traces("");

    private static final String ID = "{id}";
    /** No other scheme gets into a page, such as one that is a script. */
    private static final Pattern HTTP = Pattern.compile("https?://\\S+|[^:\\s]+", Pattern.CASE_INSENSITIVE);

    static Traces at(String address) {
        if (!HTTP.matcher(address).matches() || !address.contains(ID)) {
            throw new IllegalArgumentException(
                    ("Traces at '%s'; give an http address or a relative path with {id} in it, such as"
                                    + " http://localhost:8080/traces/{id}")
                            .formatted(address));
        }
        return new Traces(address);
    }

    Optional<String> of(UUID task) {
        return address.isEmpty() ? Optional.empty() : Optional.of(address.replace(ID, task.toString()));
    }
}
