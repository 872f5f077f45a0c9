package dev.cermin.embedded;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A Kafka topic that shall exist before the start returns. One that exists already is left as it is.
 *
 * @param name letters, digits, dot, dash and underscore; 1 to 249 characters
 * @param partitions 1 or more
 * @param config Kafka's topic settings by name, such as {@code cleanup.policy} to {@code compact}; may be empty
 */
public record Topic(String name, int partitions, Map<String, String> config) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final Pattern CONTROL = Pattern.compile("[\\t\\r\\n]");

    public Topic {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "Topic name '" + name + "': expected 1 to 249 letters, digits, dots, dashes or underscores");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("Topic " + name + ": " + partitions + " partitions; expected 1 or more");
        }
        config = Map.copyOf(config);
        config.forEach((key, value) -> {
            if (key.contains("=") || CONTROL.matcher(key + value).find()) {
                throw new IllegalArgumentException("Topic " + name + ": setting '" + key + "' = '" + value
                        + "'; expected no tabs or line ends, and no = in the key");
            }
        });
    }
}
