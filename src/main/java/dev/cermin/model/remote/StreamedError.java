package dev.cermin.model.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cermin.model.Failure;
import java.util.Locale;

/** An error that a provider sent in a stream whose status had said 200. */
final class StreamedError extends RuntimeException {
    private final transient String type;

    /** @param type as the provider names it: {@code overloaded_error}, {@code rate_limit_exceeded}, {@code 503}, … */
    StreamedError(String type, String message) {
        super(message);
        this.type = type.toLowerCase(Locale.ROOT);
    }

    static StreamedError of(JsonNode said) {
        JsonNode error = said.has("error") ? said.get("error") : said;
        String type = error.path("type").asText("") + " " + error.path("code").asText("");
        return new StreamedError(type, ErrorBody.message(said.toString()));
    }

    Failure.Kind kind() {
        if (type.contains("rate_limit") || type.contains("429")) {
            return Failure.Kind.RATE_LIMIT;
        }
        if (type.contains("overloaded")
                || type.contains("server_error")
                || type.contains("api_error")
                || type.matches(".*\\b5\\d\\d\\b.*")) {
            return Failure.Kind.UNAVAILABLE;
        }
        if (type.contains("invalid_request")) {
            return Failure.Kind.INVALID;
        }
        if (type.contains("authentication") || type.contains("permission")) {
            return Failure.Kind.AUTHENTICATION;
        }
        // it ended before the answer did
        return Failure.Kind.MALFORMED;
    }
}
