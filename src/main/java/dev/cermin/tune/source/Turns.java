package dev.cermin.tune.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Conversations in the two usual forms. Of several exchanges the first is a sample; the later ones hang on it. */
final class Turns {
    private enum Who {
        SYSTEM,
        USER,
        ASSISTANT
    }

    private Turns() {}

    static Exchange first(JsonNode row, String list, String by, String what) {
        JsonNode turns = row.path(list);
        if (!turns.isArray() || turns.isEmpty()) {
            throw new BrokenRecordException("'%s' is no list of turns".formatted(list));
        }
        int at = 0;
        String system = "";
        while (at < turns.size() && who(turns.get(at), by) == Who.SYSTEM) {
            system += text(turns.get(at), what).strip() + "\n\n";
            at++;
        }
        if (at >= turns.size() || who(turns.get(at), by) != Who.USER) {
            throw new BrokenRecordException("turn %d is not the user's, and a question is expected".formatted(at + 1));
        }
        if (at + 1 >= turns.size() || who(turns.get(at + 1), by) != Who.ASSISTANT) {
            throw new BrokenRecordException(
                    "turn %d is not the assistant's, and an answer is expected".formatted(at + 2));
        }
        String asked = text(turns.get(at), what);
        return new Exchange(system.isBlank() ? "" : system, asked, "", text(turns.get(at + 1), what));
    }

    private static Who who(JsonNode turn, String by) {
        String name = Format.text(turn, by).toLowerCase(Locale.ROOT);
        return switch (name) {
            case "system", "developer" -> Who.SYSTEM;
            case "user", "human" -> Who.USER;
            case "assistant", "gpt", "chatgpt", "model", "bing", "bard" -> Who.ASSISTANT;
            default ->
                throw new BrokenRecordException(
                        "'%s' is '%s'; system, user (human) or assistant (gpt) is expected".formatted(by, name));
        };
    }

    /** A text, or OpenAI's list of parts where all are texts. */
    private static String text(JsonNode turn, String what) {
        JsonNode value = turn.path(what);
        if (turn.path("tool_calls").size() > 0) {
            throw new BrokenRecordException("a turn calls tools, and only texts can be samples");
        }
        if (!value.isArray()) {
            return Format.text(turn, what);
        }
        StringBuilder all = new StringBuilder();
        for (JsonNode part : value) {
            if (!part.path("type").asText("").equals("text")) {
                throw new BrokenRecordException("a part of a turn is '%s', and only texts can be samples"
                        .formatted(part.path("type").asText("")));
            }
            all.append(Format.text(part, "text"));
        }
        return all.toString();
    }
}
