package dev.cermin.gateway.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cermin.chat.ChatFormatException;
import dev.cermin.text.Names;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error in OpenAI's shape. Official clients repeat what has a 408, 409, 429 or 5xx, unless they are told not to. */
final class OpenAiException extends RuntimeException {
    private static final String INVALID = "invalid_request_error";

    private final int status;
    private final String type;
    private final @Nullable String param;
    private final @Nullable String code;
    private final boolean again;
    private final long retryAfterSeconds;

    private OpenAiException(
            int status, String type, @Nullable String param, @Nullable String code, boolean again, String message) {
        this(status, type, param, code, again, status == 503 ? 5 : 0, message);
    }

    private OpenAiException(
            int status,
            String type,
            @Nullable String param,
            @Nullable String code,
            boolean again,
            long retryAfterSeconds,
            String message) {
        super(message, null, false, false);
        this.retryAfterSeconds = retryAfterSeconds;
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = code;
        this.again = again;
    }

    /** As OpenAI's clients read it. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Body(
            String message,
            String type,
            @Nullable String param,
            @Nullable String code) {}

    static OpenAiException invalid(@Nullable String param, String message) {
        return new OpenAiException(400, INVALID, param, null, false, message);
    }

    static OpenAiException of(ChatFormatException e) {
        return invalid(e.field().isEmpty() ? null : e.field(), e.getMessage());
    }

    static OpenAiException unsupported(String param, String message) {
        return new OpenAiException(400, INVALID, param, "unsupported_parameter", false, message);
    }

    static OpenAiException tooLarge(String message) {
        return new OpenAiException(413, INVALID, "messages", "request_too_large", false, message);
    }

    static OpenAiException notJson(String type) {
        return new OpenAiException(
                415,
                INVALID,
                null,
                "unsupported_media_type",
                false,
                "Content-Type: application/json is expected, not '%s'".formatted(type));
    }

    static OpenAiException unauthorized() {
        return new OpenAiException(
                401,
                INVALID,
                null,
                "invalid_api_key",
                false,
                "This service asks for the key of cermin.openai.api-key, as 'Authorization: Bearer KEY'");
    }

    static OpenAiException unknownModel(String name, List<String> known) {
        return new OpenAiException(
                404,
                INVALID,
                "model",
                "model_not_found",
                false,
                "The model '%s' does not exist; models are agents here: %s%s"
                        .formatted(name, known, Names.hint(name, known)));
    }

    static OpenAiException unknownUrl(String method, String path) {
        return new OpenAiException(
                404,
                INVALID,
                null,
                "unknown_url",
                false,
                ("Unknown request URL: %s %s. There are GET /v1/models, GET /v1/models/{id},"
                                + " POST /v1/chat/completions and POST /v1/responses")
                        .formatted(method, path));
    }

    static OpenAiException away(String message) {
        return new OpenAiException(503, "server_error", null, "service_unavailable", true, message);
    }

    static OpenAiException limited(String message, long retryAfterSeconds) {
        return new OpenAiException(429, "requests", null, "rate_limit_exceeded", true, retryAfterSeconds, message);
    }

    static OpenAiException usedKey() {
        return new OpenAiException(
                422,
                INVALID,
                "Idempotency-Key",
                "idempotency_key_used",
                false,
                "This Idempotency-Key came with another request before; one key is for one request");
    }

    static OpenAiException pendingKey() {
        return new OpenAiException(
                409,
                INVALID,
                "Idempotency-Key",
                "idempotency_key_in_use",
                true,
                1,
                "Another request with this Idempotency-Key isn't accepted yet; try again");
    }

    /** A loop that came to nothing: to ask again is to pay again, so clients are told to leave that to their callers. */
    static OpenAiException ended(int status, String type, String code, String message) {
        return new OpenAiException(status, type, null, code, false, message);
    }

    /** The task may be under way by then, so clients are told not to submit another. */
    static OpenAiException defect() {
        return new OpenAiException(
                500, "server_error", null, "internal_error", false, "The gateway failed; see its log");
    }

    int status() {
        return status;
    }

    /** When the same request may be tried again; 0 where that isn't known. */
    long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** Whether the same request may do better. */
    boolean again() {
        return again;
    }

    Map<String, Body> body() {
        return Map.of("error", new Body(getMessage(), type, param, code));
    }
}
