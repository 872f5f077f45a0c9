package dev.cermin.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of one object of a request. What has another type than is expected is told with its path. */
public record Fields(JsonNode node, String path) {
    public Fields {
        if (!node.isObject()) {
            throw new ChatFormatException(path, "An object is expected at '%s'".formatted(path));
        }
    }

    /** A value's path. */
    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** The value; missing where it isn't there or is null. */
    public JsonNode get(String name) {
        JsonNode value = node.path(name);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    public boolean has(String name) {
        return !get(name).isMissingNode();
    }

    public @Nullable String text(String name) {
        JsonNode value = get(name);
        if (!value.isMissingNode() && !value.isTextual()) {
            throw wrong(name, "A text");
        }
        return value.textValue();
    }

    public String required(String name) {
        String text = text(name);
        if (text == null || text.isBlank()) {
            throw wrong(name, "A text");
        }
        return text;
    }

    /** @return null where it isn't there */
    public @Nullable Double number(String name, double from, double to) {
        JsonNode value = get(name);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isNumber() || value.doubleValue() < from || value.doubleValue() > to) {
            throw wrong(name, "A number from %s to %s".formatted(plain(from), plain(to)));
        }
        return value.doubleValue();
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
    }

    /** A whole number from 1; null where it isn't there. */
    public @Nullable Integer count(String name) {
        JsonNode value = get(name);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
            throw wrong(name, "A whole number from 1");
        }
        return value.intValue();
    }

    public boolean flag(String name) {
        JsonNode value = get(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return value.booleanValue();
    }

    public @Nullable Fields object(String name) {
        return has(name) ? new Fields(get(name), at(name)) : null;
    }

    /** The objects of a list; none where it isn't there. */
    public List<Fields> objects(String name) {
        JsonNode value = get(name);
        if (!value.isMissingNode() && !value.isArray()) {
            throw wrong(name, "A list");
        }
        List<Fields> all = new ArrayList<>();
        for (JsonNode each : value) {
            all.add(new Fields(each, "%s[%d]".formatted(at(name), all.size())));
        }
        return all;
    }

    public ChatFormatException wrong(String name, String expected) {
        return new ChatFormatException(at(name), "%s is expected at '%s'".formatted(expected, at(name)));
    }
}
