package dev.cermin.verify.ifeval;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cermin.verify.Verifier;
import java.util.regex.Pattern;

/**
 * The check {@code detectable_format:json_format}. JSON is that of RFC 8259: {@code NaN} and {@code Infinity}, which the
 * reference lets through, are none.
 */
final class JsonFormat {
    private static final Pattern OPENING = Pattern.compile("^```(?:json|Json|JSON)?");
    private static final Pattern CLOSING = Pattern.compile("```$");
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonFormat() {}

    static Verifier check() {
        return TextCheck.of("detectable_format:json_format", JsonFormat::find);
    }

    private static Finding find(String response) {
        String opened = OPENING.matcher(Texts.strip(response)).replaceFirst("");
        String json = Texts.strip(CLOSING.matcher(opened).replaceFirst(""));
        if (json.isEmpty()) {
            return Finding.bad("Nothing stands between the fences");
        }
        try {
            MAPPER.readTree(json);
            return Finding.good("The response is JSON");
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? "" : "line %d, column %d: ".formatted(at.getLineNr(), at.getColumnNr());
            return Finding.bad("The response is not JSON: " + place + e.getOriginalMessage());
        }
    }
}
