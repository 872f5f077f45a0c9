package dev.cermin.gateway;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the body of a submission; what is wrong with it is told in the words of the API, not of Java. */
@ApplicationScoped
class TaskReader {
    private static final String EXPECTED = "A JSON object with agent and input is expected";

    private final ObjectReader reader;

    TaskReader(ObjectMapper mapper) {
        this.reader = mapper.readerFor(TaskRequest.class)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    }

    /** @throws HttpProblem where it isn't the JSON of a task */
    TaskRequest read(@Nullable String body) {
        try {
            TaskRequest request = body == null || body.isBlank() ? null : reader.readValue(body);
            if (request == null) {
                throw Problems.invalid("", EXPECTED + "; the body is empty");
            }
            return request;
        } catch (JsonProcessingException e) {
            throw problem(e);
        }
    }

    private static HttpProblem problem(JsonProcessingException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                Problems.invalid(
                        unknown.getPropertyName(),
                        "There is no field '%s'; known are %s"
                                .formatted(unknown.getPropertyName(), new TreeSet<>(unknown.getKnownPropertyIds())));
            case MismatchedInputException mismatch ->
                Problems.invalid(field(mismatch), expected(mismatch) + " is expected" + place(e));
            case StreamReadException syntax ->
                Problems.invalid(
                        "", "%s; the body is not JSON: %s%s".formatted(EXPECTED, e.getOriginalMessage(), place(e)));
            default -> Problems.invalid("", EXPECTED + place(e));
        };
    }

    private static String field(JsonMappingException e) {
        return e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
    }

    private static String expected(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        if (type == Integer.class) {
            return "A whole number";
        }
        if (type == String.class) {
            return "A text";
        }
        return type != null && Map.class.isAssignableFrom(type) ? "An object with texts" : "A JSON object";
    }

    private static String place(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return at == null ? "" : ", at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    }
}
