package dev.cermin.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.erdtman.jcs.NumberToJSON;

/**
 * Writes Cermin's records as RFC 8785 has it: what {@link Json} writes, with numbers and escapes as ECMAScript writes
 * them. In one pass: a trace hashes each of its steps. Thread-safe.
 */
public final class CanonicalJson {
    // keys sort as Java's strings do, and so as RFC 8785 wants it: by UTF-16 code units
    private static final ObjectMapper MAPPER = Json.builder()
            .addModule(new SimpleModule("canonical")
                    .addSerializer(new Numbers<>(Integer.class))
                    .addSerializer(new Numbers<>(Long.class))
                    .addSerializer(new Numbers<>(Double.class))
                    .addSerializer(new Numbers<>(BigDecimal.class))
                    .addSerializer(int.class, new Numbers<>(Integer.class))
                    .addSerializer(long.class, new Numbers<>(Long.class))
                    .addSerializer(double.class, new Numbers<>(Double.class)))
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build();

    private CanonicalJson() {}

    /**
     * Tells what is missing for every value, not only for those that have a number with a fraction.
     *
     * @throws NoClassDefFoundError without {@code io.github.erdtman:java-json-canonicalization}
     */
    public static void required() {
        Objects.requireNonNull(NumberToJSON.class);
    }

    /**
     * The value as UTF-8. A lone surrogate, which UTF-8 can't hold, becomes a question mark, as {@link Json#bytes} has it.
     *
     * @throws NoClassDefFoundError without {@code io.github.erdtman:java-json-canonicalization}
     */
    public static byte[] bytes(Object value) {
        required();
        try {
            return MAPPER.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new JsonException("Can't write a " + value.getClass().getName() + " as canonical JSON", e);
        }
    }

    /**
     * A number as ECMAScript writes it.
     *
     * @throws IllegalArgumentException for what is no number, or infinite
     * @throws NoClassDefFoundError without {@code io.github.erdtman:java-json-canonicalization}
     */
    public static String number(double number) {
        try {
            return NumberToJSON.serializeNumber(number);
        } catch (IOException e) {
            throw new IllegalArgumentException("JSON has no " + number, e);
        }
    }

    /** A number is what a double holds of it. */
    private static final class Numbers<N extends Number> extends StdSerializer<N> {
        private static final long EXACT = 1L << 53;

        Numbers(Class<N> type) {
            super(type);
        }

        @Override
        public void serialize(N number, JsonGenerator out, SerializerProvider provider) throws IOException {
            boolean whole = number instanceof Integer || number instanceof Long;
            if (whole && number.longValue() <= EXACT && number.longValue() >= -EXACT) {
                out.writeNumber(number.longValue());
            } else {
                out.writeNumber(NumberToJSON.serializeNumber(Double.parseDouble(number.toString())));
            }
        }
    }
}
