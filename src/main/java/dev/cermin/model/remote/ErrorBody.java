package dev.cermin.model.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import java.util.List;

/** What an error's body says, in any provider's shape. */
final class ErrorBody {
    private static final List<String> PLACES = List.of(
            "/error/message", "/0/error/message", "/message", "/error", "/detail", "/Message", "/error_description");

    private ErrorBody() {}

    /** Its message, else all of it; not shortened, since half of a secret would no longer be known as one. */
    static String message(String body) {
        String start = body.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            try {
                JsonNode said = Json.read(body, JsonNode.class);
                for (String place : PLACES) {
                    JsonNode message = said.at(place);
                    if (message.isTextual() && !message.asText().isBlank()) {
                        return message.asText();
                    }
                }
            } catch (JsonException e) {
                // shown as it is
                return body;
            }
        }
        return body;
    }
}
