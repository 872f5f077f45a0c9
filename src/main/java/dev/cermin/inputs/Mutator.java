package dev.cermin.inputs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes bad input out of good, as a seed has it: as bytes, and by JSON's own means. Not thread-safe. */
final class Mutator {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEEP = 3_000;
    private static final int LONG = 100_000;

    /** In a value's place, as JSON is written. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "2147483648",
            "9223372036854775808",
            "-9223372036854775809",
            "1e999",
            "1e-999",
            "0.1",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u202e\\ufeff\"",
            "\"x\"",
            "\"1\"",
            "\"00000000-0000-0000-0000-000000000000\"",
            "\"+1000000000-12-31T23:59:59Z\"",
            "\"-1000000000-01-01T00:00:00Z\"",
            "\"PT-1S\"",
            "\"'; drop table task; --\"",
            "\"{{input}}\"",
            "[]",
            "{}",
            "[[[]]]",
            "{\"\":{}}",
            "[null]",
            "NaN");

    private static final List<byte[]> BYTES = List.of(
            new byte[] {(byte) 0xC3, 0x28},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xF8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
            new byte[] {0},
            new byte[] {(byte) 0xFF, (byte) 0xFE});

    private final Random random;

    Mutator(Random random) {
        this.random = random;
    }

    <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    /** Null for no value at all. */
    byte @Nullable [] value(byte @Nullable [] good) {
        byte[] from = good == null ? new byte[0] : good;
        return switch (random.nextInt(14)) {
            case 0 -> flipped(from);
            case 1 -> Arrays.copyOf(from, random.nextInt(from.length + 1));
            case 2 -> with(from, any(BYTES));
            case 3 -> one(4) ? null : random(random.nextInt(300));
            case 4 -> any(VALUES).getBytes(StandardCharsets.UTF_8);
            case 5 -> deep(from);
            default -> tree(from);
        };
    }

    /** A short text that is wrong in most places. */
    String text() {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> String.valueOf(random.nextLong());
            case 2 -> new String(random(random.nextInt(40)), StandardCharsets.ISO_8859_1);
            case 3 -> "dev.cermin.task.v" + random.nextInt(5);
            case 4 -> "x".repeat(random.nextInt(3_000));
            default -> any(VALUES);
        };
    }

    byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] flipped(byte[] from) {
        byte[] bytes = from.clone();
        for (int i = random.nextInt(8); i >= 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private byte[] with(byte[] from, byte[] some) {
        int at = random.nextInt(from.length + 1);
        byte[] bytes = Arrays.copyOf(from, from.length + some.length);
        System.arraycopy(from, at, bytes, at + some.length, from.length - at);
        System.arraycopy(some, 0, bytes, at, some.length);
        return bytes;
    }

    /** Brackets within brackets, in a value's place. */
    private byte[] deep(byte[] from) {
        String open = one(2) ? "[" : "{\"a\":";
        String close = open.equals("[") ? "]" : "}";
        String nested = open.repeat(DEEP) + "1" + close.repeat(DEEP);
        return replaced(from, one(2) ? nested : open.repeat(DEEP));
    }

    private byte[] tree(byte[] from) {
        return replaced(from, one(30) ? "\"" + "y".repeat(LONG) + "\"" : any(VALUES));
    }

    /** One value of the JSON replaced by this text, left out, or under another name; else bytes are flipped. */
    private byte[] replaced(byte[] from, String by) {
        try {
            JsonNode root = JSON.readTree(from);
            List<JsonNode> inner = new ArrayList<>();
            collect(root, inner);
            if (inner.isEmpty()) {
                return flipped(from);
            }
            JsonNode parent = any(inner);
            if (parent instanceof ObjectNode object) {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                change(object, names.isEmpty() ? "x" : any(names), by);
            } else if (parent instanceof ArrayNode array) {
                array.addRawValue(new RawValue(by));
            }
            return JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            return flipped(from); // it was no JSON to begin with
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory can be read", e);
        }
    }

    private void change(ObjectNode object, String name, String by) {
        switch (random.nextInt(6)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(name + "x", object.remove(name));
            default -> object.putRawValue(name, new RawValue(by));
        }
    }

    private static void collect(JsonNode node, List<JsonNode> inner) {
        if (node.isContainerNode()) {
            inner.add(node);
            node.forEach(child -> collect(child, inner));
        }
    }
}
