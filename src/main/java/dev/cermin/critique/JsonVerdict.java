package dev.cermin.critique;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cermin.critique.Critique.Opinion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a judge's verdict from the JSON object in its text. Of several objects with a verdict the last counts, for what
 * stands before may be quoted. A last one that can't be read counts as well: nothing before takes its place.
 */
final class JsonVerdict {
    private static final String EXPECTED =
            "Expected {\"verdict\": \"accept\" or \"revise\", \"score\": 0 to 1, \"issues\": [texts]}, but ";

    private static final String KEY = "verdict";

    /** Models break lines within strings. */
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private JsonVerdict() {}

    static Critique read(String critic, String text) {
        try {
            return critique(critic, last(JsonObjects.in(text)), text);
        } catch (Unreadable e) {
            return Critique.unreadable(critic, EXPECTED + e.getMessage(), text);
        }
    }

    private static final class Unreadable extends Exception {
        Unreadable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private static JsonNode last(JsonObjects objects) throws Unreadable {
        if (mentionsVerdict(objects.rest())) {
            throw new Unreadable("the object is cut off", null);
        }
        for (String object : objects.closed().reversed()) {
            if (mentionsVerdict(object)) {
                JsonNode read = json(object);
                if (read.has(KEY)) {
                    return read;
                }
            }
        }
        throw new Unreadable("there is no object with a verdict", null);
    }

    private static boolean mentionsVerdict(String object) {
        return object.contains('"' + KEY + '"');
    }

    private static JsonNode json(String object) throws Unreadable {
        try {
            return READER.readTree(object);
        } catch (JsonProcessingException e) {
            throw new Unreadable("the object is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Critique critique(String critic, JsonNode verdict, String text) throws Unreadable {
        String said =
                verdict.get(KEY).isTextual() ? verdict.get(KEY).textValue().strip() : "";
        Opinion opinion = switch (said.toLowerCase(Locale.ROOT)) {
            case "accept" -> Opinion.ACCEPT;
            case "revise" -> Opinion.REVISE;
            default -> throw new Unreadable("the verdict is " + shown(verdict.get(KEY)), null);
        };
        return new Critique(critic, opinion, score(verdict.get("score"), opinion), issues(verdict.get("issues")), text);
    }

    /** Without one, accept is 1 and revise 0. */
    private static double score(@Nullable JsonNode given, Opinion opinion) throws Unreadable {
        if (given == null || given.isNull()) {
            return opinion == Opinion.ACCEPT ? 1 : 0;
        }
        double score = Double.NaN;
        if (given.isNumber()) {
            score = given.doubleValue();
        } else if (given.isTextual()) {
            try {
                score = Double.parseDouble(given.textValue().strip());
            } catch (NumberFormatException e) {
                throw new Unreadable("the score is " + shown(given), e);
            }
        }
        // a judge that counts to 10 or 100 means something else by 1
        if (!(score >= 0 && score <= 1)) {
            throw new Unreadable("the score is " + shown(given), null);
        }
        return score;
    }

    private static List<String> issues(@Nullable JsonNode given) throws Unreadable {
        List<String> issues = new ArrayList<>();
        if (given != null && given.isArray()) {
            for (JsonNode issue : given) {
                issues.add(issue(issue));
            }
        } else if (given != null && !given.isNull()) {
            issues.add(issue(given));
        }
        issues.removeIf(String::isEmpty);
        return issues;
    }

    private static String issue(JsonNode given) throws Unreadable {
        JsonNode text = given.has("message") ? given.get("message") : given.has("issue") ? given.get("issue") : given;
        if (!text.isTextual()) {
            throw new Unreadable("an issue is " + shown(given), null);
        }
        return text.textValue().strip();
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
