package dev.cermin.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * Writes and reads Cermin's records. Keys are sorted, nulls are left out, instants and durations are ISO-8601 strings,
 * so equal records give equal bytes. Unknown fields are ignored when reading: a newer writer may add some. Thread-safe.
 */
public final class Json {
    private static final ObjectMapper MAPPER = builder().build();

    private Json() {}

    static JsonMapper.Builder builder() {
        return JsonMapper.builder()
                .addModule(new SimpleModule("cermin")
                        .addSerializer(Instant.class, new ToStringSerializer(Instant.class))
                        .addSerializer(Duration.class, new ToStringSerializer(Duration.class))
                        .addDeserializer(Instant.class, new FromText<>(Instant.class, Instant::parse))
                        .addDeserializer(Duration.class, new FromText<>(Duration.class, Duration::parse)))
                .annotationIntrospector(new PassingOver())
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS));
    }

    /** Unknown fields are skipped as they come; else Jackson keeps them till a record is complete, to ignore them then. */
    private static final class PassingOver extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public JsonIgnoreProperties.Value findPropertyIgnoralByName(MapperConfig<?> config, Annotated type) {
            return super.findPropertyIgnoralByName(config, type).withIgnoreUnknown();
        }
    }

    /** The value as UTF-8 JSON. A lone surrogate, which UTF-8 can't hold, becomes a question mark. */
    public static byte[] bytes(Object value) {
        // Jackson's own UTF-8 writer would refuse a lone surrogate, and with it a model's whole reply
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /** The value as JSON text. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new JsonException("Can't write a " + value.getClass().getName() + " as JSON", e);
        }
    }

    /** @throws JsonException where the bytes are not JSON of that type; the message names the place */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return required(MAPPER.readValue(json, type), type);
        } catch (IOException e) {
            throw unreadable(type, e);
        }
    }

    /** @throws JsonException where the text is not JSON of that type; the message names the place */
    public static <T> T read(String json, Class<T> type) {
        try {
            return required(MAPPER.readValue(json, type), type);
        } catch (IOException e) {
            throw unreadable(type, e);
        }
    }

    /** @throws JsonException where the text is not JSON of that type; the message names the place */
    public static <T> T read(String json, TypeReference<T> type) {
        try {
            return required(MAPPER.readValue(json, type), type.getType());
        } catch (IOException e) {
            throw unreadable(type.getType(), e);
        }
    }

    private static <T> T required(T value, Type type) {
        if (value == null) {
            throw new JsonException("The JSON is null where a " + name(type) + " is expected", null);
        }
        return value;
    }

    private static JsonException unreadable(Type type, IOException e) {
        return new JsonException("Not the JSON of a " + name(type) + ": " + e.getMessage(), e);
    }

    private static String name(Type type) {
        return type instanceof Class<?> plain ? plain.getSimpleName() : type.getTypeName();
    }

    private static final class FromText<T> extends StdScalarDeserializer<T> {
        private final transient Function<String, T> parse;

        FromText(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getValueAsString();
            try {
                return parse.apply(text == null ? "" : text);
            } catch (DateTimeException e) {
                throw context.weirdStringException(text, handledType(), "not in ISO-8601 form");
            }
        }
    }
}
