package dev.cermin.train;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a GGUF file back, by the format's description, as far as the tests need it. */
final class GgufText {
    private record Place(int type, int values, long offset) {}

    private final ByteBuffer file;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final int data;

    /** The count of tensors was read already. */
    GgufText(ByteBuffer file) {
        this.file = file;
        long tensors = file.getLong(8);
        long keys = file.getLong();
        for (long i = 0; i < keys; i++) {
            text();
            skip(file.getInt());
        }
        for (long i = 0; i < tensors; i++) {
            String name = text();
            int values = 1;
            for (int left = file.getInt(); left > 0; left--) {
                values *= Math.toIntExact(file.getLong());
            }
            places.put(name, new Place(file.getInt(), values, file.getLong()));
        }
        data = (file.position() + 31) / 32 * 32;
    }

    private String text() {
        byte[] bytes = new byte[Math.toIntExact(file.getLong())];
        file.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void skip(int type) {
        switch (type) {
            case 4, 5, 6 -> file.getInt();
            case 7 -> file.get();
            case 8 -> text();
            case 9 -> {
                int of = file.getInt();
                for (long left = file.getLong(); left > 0; left--) {
                    skip(of);
                }
            }
            default -> throw new IllegalArgumentException("type " + type);
        }
    }

    float[] tensor(String name) {
        Place place = places.get(name);
        if (place == null) {
            throw new IllegalArgumentException("no tensor " + name);
        }
        int at = Math.toIntExact(data + place.offset);
        float[] values = new float[place.values];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (place.type) {
                case 0 -> file.getFloat(at + 4 * i);
                case 8 -> half(at + i / 32 * 34) * file.get(at + i / 32 * 34 + 2 + i % 32);
                case 2 -> {
                    int block = at + i / 32 * 18;
                    int pair = file.get(block + 2 + i % 16);
                    yield half(block) * ((i % 32 < 16 ? pair & 15 : pair >> 4 & 15) - 8);
                }
                default -> throw new IllegalArgumentException("type " + place.type);
            };
        }
        return values;
    }

    private float half(int at) {
        return Float.float16ToFloat(file.getShort(at));
    }
}
