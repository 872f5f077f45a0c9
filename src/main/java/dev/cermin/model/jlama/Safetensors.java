package dev.cermin.model.jlama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file, checked against the file's size before Jlama maps it: reading past the end of a
 * mapped file kills the JVM.
 */
final class Safetensors {
    /** Jlama maps this much of a file to read the header. */
    private static final int LONGEST_HEADER = 1 << 20;

    private static final String FETCH_AGAIN = "Fetch the file again from the model's source";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Safetensors() {}

    /** @param type as the file names it: F32, BF16, Q4 */
    record Tensor(String type, List<Integer> shape) {}

    /** The file's tensors by name, every one of which lies whole within the file. */
    static Map<String, Tensor> tensors(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size < Long.BYTES) {
                throw new ModelLoadException(file, "it has " + size + " bytes, too few for a header", FETCH_AGAIN);
            }
            long length = read(channel, 0, Long.BYTES).getLong();
            if (length < 2 || length > size - Long.BYTES) {
                throw new ModelLoadException(
                        file,
                        "its header is said to be " + length + " bytes long, and the file has " + size,
                        FETCH_AGAIN);
            }
            if (length > LONGEST_HEADER - Long.BYTES) {
                throw new ModelLoadException(
                        file,
                        "its header of " + length + " bytes is longer than the " + (LONGEST_HEADER - Long.BYTES)
                                + " that Jlama reads",
                        "Split the model into several files");
            }
            JsonNode header = JSON.readTree(
                    read(channel, Long.BYTES, Math.toIntExact(length)).array());
            return tensors(file, header, size - Long.BYTES - length);
        } catch (JsonProcessingException e) {
            throw new ModelLoadException(file, "its header is not JSON: " + e.getOriginalMessage(), FETCH_AGAIN, e);
        } catch (IOException e) {
            throw new ModelLoadException(file, "it cannot be read: " + e, "Check that the file is readable", e);
        }
    }

    private static Map<String, Tensor> tensors(Path file, JsonNode header, long dataBytes) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> tensor : header.properties()) {
            if (tensor.getKey().equals("__metadata__")) {
                continue;
            }
            JsonNode offsets = tensor.getValue().path("data_offsets");
            if (offsets.size() != 2 || !tensor.getValue().path("shape").isArray()) {
                throw new ModelLoadException(
                        file, "tensor " + tensor.getKey() + " has no shape or no data_offsets", FETCH_AGAIN);
            }
            List<Integer> shape = new ArrayList<>();
            String type = tensor.getValue().path("dtype").asText();
            long bits = bits(file, tensor.getKey(), type);
            for (JsonNode extent : tensor.getValue().path("shape")) {
                shape.add(extent.asInt());
                bits *= extent.asInt();
            }
            long begin = offsets.get(0).asLong(-1);
            long end = offsets.get(1).asLong(-1);
            if (begin < 0 || end > dataBytes) {
                throw new ModelLoadException(
                        file,
                        "it is cut short: tensor " + tensor.getKey() + " ends at byte " + end
                                + " of the data, of which the file holds " + dataBytes,
                        FETCH_AGAIN);
            }
            if (end - begin != bits / 8) {
                throw new ModelLoadException(
                        file,
                        "tensor " + tensor.getKey() + " of shape " + shape + " needs " + bits / 8 + " bytes and has "
                                + (end - begin),
                        FETCH_AGAIN);
            }
            tensors.put(tensor.getKey(), new Tensor(type, List.copyOf(shape)));
        }
        return tensors;
    }

    private static long bits(Path file, String tensor, String type) {
        return switch (type) {
            case "F32" -> 32;
            case "F16", "BF16" -> 16;
            case "I8" -> 8;
            case "Q4" -> 4; // Jlama's own 4-bit blocks
            default ->
                throw new ModelLoadException(
                        file,
                        "tensor " + tensor + " is of type " + type + ", and only F32, F16, BF16, I8 and Q4 are read",
                        "Convert the weights to F32");
        };
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("the file ended at byte " + (position + bytes.position()));
            }
        }
        return bytes.flip();
    }
}
