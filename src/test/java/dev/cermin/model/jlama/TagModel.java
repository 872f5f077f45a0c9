package dev.cermin.model.jlama;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A random model changed to answer anything with one special token that is no end token, over and over. */
final class TagModel {
    /** The id that {@link RandomModel} gives to {@code <think>}. */
    private static final int TAG = 258;

    Path write(Path folder) throws IOException {
        Path written = new RandomModel(64, 128, 1, 4, 4, 64, false, 3).write(folder);
        Path file = written.resolve("model.safetensors");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int headerLength = Math.toIntExact(bytes.getLong(0));
        var header = new ObjectMapper().readTree(bytes.array(), 8, headerLength);
        int data = 8 + headerLength;
        // Every embedding is the same vector, no layer adds to it, and one output row points the same way.
        for (var tensor : header.properties()) {
            int begin = data + tensor.getValue().at("/data_offsets/0").asInt();
            int end = data + tensor.getValue().at("/data_offsets/1").asInt();
            boolean embedding = tensor.getKey().equals("model.embed_tokens.weight");
            boolean norm = tensor.getKey().endsWith("norm.weight");
            for (int at = begin; at < end; at += 4) {
                boolean tagRow = tensor.getKey().equals("lm_head.weight") && (at - begin) / 4 / 64 == TAG;
                bytes.putFloat(at, embedding || norm || tagRow ? 1 : 0);
            }
        }
        Files.write(file, bytes.array());
        return written;
    }
}
