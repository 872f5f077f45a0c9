package dev.cermin.tune.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The forms that instruction data comes in. */
public enum Format {
    /** {@code instruction}, {@code input} (may be missing) and {@code output}. */
    ALPACA("instruction") {
        @Override
        Exchange read(JsonNode row) {
            String input =
                    row.path("input").isMissingNode() || row.path("input").isNull() ? "" : text(row, "input");
            return new Exchange("", text(row, "instruction"), input, text(row, "output"));
        }
    },
    /** {@code conversations} of {@code from} and {@code value}: the first exchange, a system message before it. */
    SHAREGPT("conversations") {
        @Override
        Exchange read(JsonNode row) {
            return Turns.first(row, "conversations", "from", "value");
        }
    },
    /** {@code messages} of {@code role} and {@code content}: the first exchange, a system message before it. */
    MESSAGES("messages") {
        @Override
        Exchange read(JsonNode row) {
            return Turns.first(row, "messages", "role", "content");
        }
    };

    private static final Set<String> NAMES =
            Set.copyOf(Arrays.stream(values()).map(Format::label).toList());

    private final String key;

    Format(String key) {
        this.key = key;
    }

    /** @throws BrokenRecordException where the row is none of this format */
    abstract Exchange read(JsonNode row);

    /** In lower case, as it is given. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a name that is none; the message lists those that are */
    public static Format named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no format '%s'; one of %s is expected"
                        .formatted(name, NAMES.stream().sorted().toList())));
    }

    /** The format by whose key a row is told. */
    static Format of(JsonNode row) {
        return Arrays.stream(values())
                .filter(format -> row.has(format.key))
                .findFirst()
                .orElseThrow(() -> new BrokenRecordException("none of %s is there: it is neither %s"
                        .formatted(
                                List.of("instruction", "conversations", "messages"),
                                "Alpaca nor ShareGPT nor messages")));
    }

    static String text(JsonNode row, String field) {
        JsonNode value = row.path(field);
        if (value.isMissingNode()) {
            throw new BrokenRecordException("'%s' is missing".formatted(field));
        }
        if (!value.isTextual()) {
            throw new BrokenRecordException("'%s' is %s, and a text is expected"
                    .formatted(field, value.getNodeType().name().toLowerCase(Locale.ROOT)));
        }
        return value.textValue();
    }
}
