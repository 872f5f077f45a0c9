package dev.cermin.integrity;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.Texts;
import dev.cermin.trace.TraceStep;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows of steps as {@code COPY … (format binary)} sends them (PostgreSQL, "COPY", "Binary Format"). Strict: what Cermin
 * never writes is no step, even where some reader would take it for one. Not thread-safe.
 */
final class RowDecoder {
    static final String COLUMNS =
            "task_id, number, tenant, created_at, kind, round, model, provider, parameters, prompt_id,"
                    + " tokens_in, tokens_out, cost, accepted, score, started_at, duration_ms, attempt, worker, prompt, response,"
                    + " thinking, output, findings, text_hashes, previous, hash";
    private static final int COUNT = 27;

    private static final long POSTGRES_EPOCH =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final Map<String, StepKind> KINDS = new HashMap<>();
    private static final int NEGATIVE = 0x4000;

    static {
        for (StepKind kind : StepKind.values()) {
            KINDS.put(kind.key(), kind);
        }
    }

    private ByteBuffer row = ByteBuffer.allocate(0);

    /** The task of a row, without reading the rest. */
    static UUID task(byte[] row, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(row);
        return new UUID(buffer.getLong(offset + 6), buffer.getLong(offset + 14));
    }

    StoredStep decode(byte[] bytes, int offset) {
        row = ByteBuffer.wrap(bytes, offset, bytes.length - offset);
        int count = row.getShort();
        if (count != COUNT) {
            throw new IllegalStateException("A row has %d columns where %d are expected".formatted(count, COUNT));
        }
        next();
        UUID task = new UUID(row.getLong(), row.getLong());
        next();
        int number = row.getInt();
        String tenant = required();
        Instant createdAt = null;
        try {
            createdAt = time();
            return new StoredStep(task, number, tenant, createdAt, step(task, number), "");
        } catch (IllegalArgumentException | JsonException | ArithmeticException e) {
            return new StoredStep(task, number, tenant, createdAt, null, String.valueOf(e.getMessage()));
        }
    }

    private TraceStep step(UUID task, int number) {
        String kind = required();
        StepKind known = KINDS.get(kind);
        if (known == null) {
            throw new IllegalArgumentException("there is no kind '%s'".formatted(kind));
        }
        return new TraceStep(
                task,
                number,
                known,
                whole(),
                text(),
                text(),
                map(),
                text(),
                big(),
                big(),
                decimal(),
                bool(),
                real(),
                time(),
                required(big()),
                whole(),
                required(),
                new Texts(text(), text(), text(), text(), text()),
                required(map()),
                required(),
                required());
    }

    /** How long the next field is; -1 for null. */
    private int next() {
        return row.getInt();
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("it lacks what every step has");
        }
        return value;
    }

    private String required() {
        return required(text());
    }

    private @Nullable String text() {
        int length = next();
        if (length < 0) {
            return null;
        }
        String text = new String(row.array(), row.arrayOffset() + row.position(), length, StandardCharsets.UTF_8);
        row.position(row.position() + length);
        return text;
    }

    private int whole() {
        return required(next() < 0 ? null : Integer.valueOf(row.getInt()));
    }

    private @Nullable Long big() {
        return next() < 0 ? null : Long.valueOf(row.getLong());
    }

    private @Nullable Boolean bool() {
        return next() < 0 ? null : Boolean.valueOf(row.get() != 0);
    }

    private @Nullable Double real() {
        return next() < 0 ? null : Double.valueOf(row.getDouble());
    }

    private Instant time() {
        long micros = required(big());
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            throw new IllegalArgumentException("a time is infinite");
        }
        return Instant.ofEpochSecond(
                POSTGRES_EPOCH + Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
    }

    /** In digits of 10,000 each. */
    private @Nullable BigDecimal decimal() {
        if (next() < 0) {
            return null;
        }
        int digits = row.getShort();
        int weight = row.getShort();
        int sign = row.getShort() & 0xFFFF;
        row.getShort();
        BigDecimal value = BigDecimal.ZERO;
        if (digits <= 4) {
            long unscaled = 0;
            for (int i = 0; i < digits; i++) {
                unscaled = unscaled * 10_000 + row.getShort();
            }
            value = BigDecimal.valueOf(unscaled, 4 * (digits - 1 - weight));
        } else {
            for (int i = 0; i < digits; i++) {
                value = value.add(BigDecimal.valueOf(row.getShort(), 4 * (i - weight)));
            }
        }
        if (sign != 0 && sign != NEGATIVE) {
            throw new IllegalArgumentException("its cost is no number");
        }
        return (sign == NEGATIVE ? value.negate() : value).stripTrailingZeros();
    }

    /** Texts by texts: a number in a text's place is another value, though Jackson would read it. */
    private @Nullable Map<String, String> map() {
        int length = next();
        if (length < 0) {
            return null;
        }
        int begin = row.position() + 1;
        int end = row.position() + length;
        byte[] bytes = row.array();
        row.position(end);
        Map<String, String> map = new TreeMap<>();
        return plain(bytes, row.arrayOffset() + begin, row.arrayOffset() + end, map)
                ? map
                : parsed(new String(bytes, row.arrayOffset() + begin, end - begin, StandardCharsets.UTF_8));
    }

    /** As jsonb writes texts without escapes, which is nearly always. */
    private static boolean plain(byte[] bytes, int begin, int end, Map<String, String> map) {
        int at = begin;
        if (bytes[at++] != '{' || bytes[end - 1] != '}') {
            return false;
        }
        while (at < end - 1) {
            int key = at + 1;
            int keyEnd = closing(bytes, at, end);
            if (keyEnd < 0 || keyEnd + 3 >= end || bytes[keyEnd + 1] != ':' || bytes[keyEnd + 2] != ' ') {
                return false;
            }
            int value = keyEnd + 4;
            int valueEnd = closing(bytes, keyEnd + 3, end);
            if (valueEnd < 0) {
                return false;
            }
            map.put(
                    new String(bytes, key, keyEnd - key, StandardCharsets.UTF_8),
                    new String(bytes, value, valueEnd - value, StandardCharsets.UTF_8));
            at = valueEnd + 1;
            if (bytes[at] == ',') {
                at += 2;
            } else if (at != end - 1) {
                return false;
            }
        }
        return true;
    }

    /** The place of the quote that ends the text that begins here; -1 where that is no plain text. */
    private static int closing(byte[] bytes, int quote, int end) {
        if (bytes[quote] != '"') {
            return -1;
        }
        for (int i = quote + 1; i < end; i++) {
            if (bytes[i] == '"') {
                return i;
            }
            if (bytes[i] == '\\') {
                return -1;
            }
        }
        return -1;
    }

    private static Map<String, String> parsed(String json) {
        Map<String, String> map = new TreeMap<>();
        for (Map.Entry<String, Object> entry :
                Json.read(json, new TypeReference<Map<String, Object>>() {}).entrySet()) {
            if (!(entry.getValue() instanceof String text)) {
                throw new IllegalArgumentException("its %s is no text".formatted(entry.getKey()));
            }
            map.put(entry.getKey(), text);
        }
        return map;
    }
}
