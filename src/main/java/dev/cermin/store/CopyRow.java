package dev.cermin.store;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteConverter;

/**
 * Rows in {@code COPY}'s binary format, as Postgres' documentation of {@code COPY} has it: it spares the server the reading of
 * every field twice. Not thread-safe.
 */
final class CopyRow {
    private static final int CHUNK = 1 << 16;
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final String HEX = "0123456789abcdef";

    /** Postgres counts time from the beginning of 2000. */
    private static final long EPOCH = 946_684_800;

    private final int columns;
    private byte[] bytes = new byte[CHUNK + (CHUNK >> 1)];
    private int size;

    CopyRow(int columns) {
        this.columns = columns;
        put(HEADER);
    }

    CopyRow begin() {
        number(columns, 2);
        return this;
    }

    CopyRow uuid(UUID value) {
        number(16, 4);
        number(value.getMostSignificantBits(), 8);
        number(value.getLeastSignificantBits(), 8);
        return this;
    }

    CopyRow int4(int value) {
        number(4, 4);
        number(value, 4);
        return this;
    }

    CopyRow int8(@Nullable Long value) {
        return value == null ? none() : eight(value);
    }

    CopyRow float8(@Nullable Double value) {
        return value == null ? none() : eight(Double.doubleToLongBits(value));
    }

    CopyRow bool(@Nullable Boolean value) {
        if (value == null) {
            return none();
        }
        number(1, 4);
        number(value ? 1 : 0, 1);
        return this;
    }

    CopyRow numeric(@Nullable BigDecimal value) {
        return value == null ? none() : field(ByteConverter.numeric(value));
    }

    CopyRow time(@Nullable Instant value) {
        if (value == null) {
            return none();
        }
        long seconds = Math.multiplyExact(Math.subtractExact(value.getEpochSecond(), EPOCH), 1_000_000L);
        return eight(Math.addExact(seconds, (value.getNano() + 500) / 1000));
    }

    CopyRow text(@Nullable String value) {
        return value == null ? none() : field(value.getBytes(StandardCharsets.UTF_8));
    }

    /** As a JSON object. */
    CopyRow jsonb(@Nullable Map<String, String> value) {
        if (value == null) {
            return none();
        }
        int begun = size;
        number(0, 4);
        number(1, 1); // the format's version
        char before = '{';
        for (Map.Entry<String, String> entry : value.entrySet()) {
            number(before, 1);
            json(entry.getKey());
            number(':', 1);
            json(entry.getValue());
            before = ',';
        }
        if (before == '{') {
            number('{', 1);
        }
        number('}', 1);
        ByteConverter.int4(bytes, begun, size - begun - 4);
        return this;
    }

    /** Sends what is there, once it is enough. */
    void flush(CopyIn to) throws SQLException {
        if (size >= CHUNK) {
            send(to);
        }
    }

    void end(CopyIn to) throws SQLException {
        number(-1, 2);
        send(to);
    }

    private void send(CopyIn to) throws SQLException {
        to.writeToCopy(bytes, 0, size);
        size = 0;
    }

    private CopyRow none() {
        number(-1, 4);
        return this;
    }

    private CopyRow eight(long value) {
        number(8, 4);
        number(value, 8);
        return this;
    }

    private CopyRow field(byte[] value) {
        number(value.length, 4);
        put(value);
        return this;
    }

    private void json(@Nullable String text) {
        if (text == null) {
            put("null".getBytes(StandardCharsets.US_ASCII));
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        room(6 * utf8.length + 2);
        bytes[size++] = '"';
        for (byte each : utf8) {
            if (each == '"' || each == '\\') {
                bytes[size++] = '\\';
                bytes[size++] = each;
            } else if (each >= 0 && each < ' ') {
                put("\\u00".getBytes(StandardCharsets.US_ASCII));
                bytes[size++] = (byte) HEX.charAt(each >> 4);
                bytes[size++] = (byte) HEX.charAt(each & 15);
            } else {
                bytes[size++] = each;
            }
        }
        bytes[size++] = '"';
    }

    private void put(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    /** The last so many bytes of it, the highest first. */
    private void number(long value, int length) {
        room(length);
        for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >> shift);
        }
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
