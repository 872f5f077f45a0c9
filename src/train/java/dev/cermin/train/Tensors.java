package dev.cermin.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file of F32 tensors in the safetensors format (huggingface.co/docs/safetensors).
 *
 * @param tensors by name
 * @param metadata texts by name
 */
record Tensors(Map<String, Values> tensors, Map<String, String> metadata) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param shape rows and columns, or the length alone */
    @SuppressWarnings("ArrayRecordComponent")
    record Values(long[] shape, float[] data) {}

    /** Beside the file first, so that a crash leaves the old one. */
    void write(Path file) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        ObjectNode about = header.putObject("__metadata__");
        metadata.forEach(about::put);
        long offset = 0;
        for (Map.Entry<String, Values> tensor : tensors.entrySet()) {
            ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "F32");
            for (long size : tensor.getValue().shape) {
                entry.withArray("shape").add(size);
            }
            long end = offset + 4L * tensor.getValue().data.length;
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = JSON.writeValueAsBytes(header);
        int padded = (json.length + 7) / 8 * 8;
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside), 1 << 16)) {
            out.write(array(little(8).putLong(padded)));
            out.write(json);
            out.write(" ".repeat(padded - json.length).getBytes(StandardCharsets.US_ASCII));
            for (Values values : tensors.values()) {
                out.write(bytes(values.data));
            }
        }
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    static byte[] bytes(float[] data) {
        ByteBuffer buffer = little(4 * data.length);
        buffer.asFloatBuffer().put(data);
        return array(buffer);
    }

    /** All of one of {@link #little}'s. */
    @SuppressWarnings("ByteBufferBackingArray")
    static byte[] array(ByteBuffer little) {
        return little.array();
    }

    static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    static Tensors read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int header = Math.toIntExact(all.getLong());
        JsonNode json = JSON.readTree(new String(bytes, 8, header, StandardCharsets.UTF_8));
        Map<String, String> metadata = new LinkedHashMap<>();
        json.path("__metadata__")
                .properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
        Map<String, Values> tensors = new LinkedHashMap<>();
        json.properties().forEach(entry -> {
            if (!entry.getKey().equals("__metadata__")) {
                JsonNode about = entry.getValue();
                long[] shape = new long[about.path("shape").size()];
                for (int i = 0; i < shape.length; i++) {
                    shape[i] = about.path("shape").get(i).asLong();
                }
                int from = about.path("data_offsets").get(0).asInt();
                float[] data = new float[(about.path("data_offsets").get(1).asInt() - from) / 4];
                all.slice(8 + header + from, 4 * data.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(data);
                tensors.put(entry.getKey(), new Values(shape, data));
            }
        });
        return new Tensors(tensors, metadata);
    }
}
