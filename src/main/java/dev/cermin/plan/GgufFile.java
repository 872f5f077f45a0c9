package dev.cermin.plan;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a GGUF file, versions 2 and 3: its key-values and where its tensors are. Weights are never read.
 * (github.com/ggml-org/ggml/blob/master/docs/gguf.md)
 *
 * @param values scalars and strings; arrays of integers as {@code List<Long>}; of other arrays only the size, as Long
 */
record GgufFile(Path path, Map<String, Object> values, List<Tensor> tensors) {
    private static final int MAGIC = 0x46554747; // "GGUF"
    private static final int MOST_KEPT = 4096;

    /** The sizes of a scalar of each type, by its number; 8 is a string and 9 an array. */
    private static final int[] SCALARS = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    record Tensor(String name, long bytes) {}

    static GgufFile read(Path path) {
        try (FileChannel channel = FileChannel.open(path)) {
            if (channel.size() < 24) {
                throw new PlanException("%s has %d bytes, too few for a GGUF file".formatted(path, channel.size()));
            }
            return new Reader(path, channel).read();
        } catch (IOException e) {
            throw new PlanException("%s can't be read: %s".formatted(path, e), e);
        }
    }

    /** Every part of a model that is split into files, this one first. */
    List<GgufFile> parts() {
        long count = values.get("split.count") instanceof Long split ? split : 1;
        List<GgufFile> parts = new ArrayList<>(List.of(this));
        String name = String.valueOf(path.getFileName());
        for (int i = 2; i <= count; i++) {
            String other = name.replaceFirst("-00001-of-", "-%05d-of-".formatted(i));
            Path file = path.resolveSibling(other);
            if (other.equals(name) || !Files.exists(file)) {
                throw new PlanException(
                        "%s is one of %d parts; give the first, NAME-00001-of-%05d.gguf, with all others beside it: %s is missing"
                                .formatted(path, count, count, other));
            }
            parts.add(read(file));
        }
        return parts;
    }

    private static final class Reader {
        private final Path path;
        private final GgufBytes in;
        private final long size;

        Reader(Path path, FileChannel channel) throws IOException {
            this.path = path;
            this.in = new GgufBytes(path, channel);
            this.size = channel.size();
        }

        GgufFile read() throws IOException {
            int magic = in.number32();
            if (magic != MAGIC) {
                throw new PlanException("%s is no GGUF file: it begins with the bytes %08x, and GGUF is expected"
                        .formatted(path, Integer.reverseBytes(magic)));
            }
            int version = in.number32();
            if (version != 2 && version != 3) {
                throw new PlanException(
                        "%s is GGUF of version %s; 2 and 3, little-endian, are read. Convert the model anew"
                                .formatted(path, Integer.toUnsignedString(version)));
            }
            long tensorCount = in.count("tensors", 24);
            long valueCount = in.count("key-values", 12);
            Map<String, Object> values = new HashMap<>();
            for (long i = 0; i < valueCount; i++) {
                String key = in.string();
                values.put(key, value(in.number32(), key));
            }
            long alignment = values.get("general.alignment") instanceof Long given ? given : 32;
            if (alignment < 1 || alignment > Sizes.MIB) {
                throw new PlanException(
                        "%s has an alignment of %d bytes, which none has; fetch it again".formatted(path, alignment));
            }
            return new GgufFile(path, values, tensors(tensorCount, alignment));
        }

        private Object value(int type, String key) throws IOException {
            if (type == STRING) {
                return in.string();
            }
            if (type == ARRAY) {
                return array(key);
            }
            return scalar(type, key);
        }

        private Object scalar(int type, String key) throws IOException {
            if (type < 0 || type >= SCALARS.length || SCALARS[type] == 0) {
                throw new PlanException("%s says that '%s' is of type %d, which GGUF hasn't; fetch it again"
                        .formatted(path, key, type));
            }
            var bytes = in.take(SCALARS[type]);
            return switch (type) {
                case 0 -> (long) (bytes.get() & 0xFF);
                case 1 -> (long) bytes.get();
                case 2 -> (long) (bytes.getShort() & 0xFFFF);
                case 3 -> (long) bytes.getShort();
                case 4 -> bytes.getInt() & 0xFFFF_FFFFL;
                case 5 -> (long) bytes.getInt();
                case 6 -> (double) bytes.getFloat();
                case BOOL -> bytes.get() != 0;
                case 12 -> bytes.getDouble();
                default -> bytes.getLong();
            };
        }

        /** A vocabulary has hundreds of thousands of strings: of what isn't wanted only the size is kept. */
        private Object array(String key) throws IOException {
            int type = in.number32();
            long count = in.count("values of '" + key + "'", 1);
            if (type == STRING) {
                for (long i = 0; i < count; i++) {
                    in.skip(in.count("bytes of a string", 1));
                }
                return count;
            }
            if (type < 0 || type >= SCALARS.length || SCALARS[type] == 0) {
                throw new PlanException("%s says that '%s' is an array of type %d, which isn't read; fetch it again"
                        .formatted(path, key, type));
            }
            if (count > MOST_KEPT) {
                in.skip(Math.multiplyExact(count, SCALARS[type]));
                return count;
            }
            List<Object> all = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                all.add(scalar(type, key));
            }
            return all;
        }

        private List<Tensor> tensors(long count, long alignment) throws IOException {
            List<Tensor> tensors = new ArrayList<>();
            long end = 0;
            for (long i = 0; i < count; i++) {
                String name = in.string();
                int dimensions = in.number32();
                if (dimensions < 1 || dimensions > 4) {
                    throw new PlanException(
                            "%s says that tensor %s has %d dimensions; 1 to 4 are expected. Fetch it again"
                                    .formatted(path, name, dimensions));
                }
                long columns = dimension(name);
                long rows = 1;
                for (int d = 1; d < dimensions; d++) {
                    rows = product(rows, dimension(name), name);
                }
                int id = in.number32();
                TensorType type = TensorType.of(id);
                if (type == null) {
                    throw new PlanException(
                            "%s has tensor %s of type %d, which isn't known here; those known are F32 to MXFP4"
                                    .formatted(path, name, id));
                }
                long offset = in.number64();
                if (offset < 0 || offset > size) {
                    throw in.truncated("it says that tensor %s is at byte %s of %d"
                            .formatted(name, Long.toUnsignedString(offset), size));
                }
                product(rows, columns, name);
                long bytes = type.bytes(rows, columns);
                tensors.add(new Tensor(name, bytes));
                end = Math.max(end, offset + bytes);
            }
            long start = (in.position() + alignment - 1) / alignment * alignment;
            if (start + end > size) {
                throw in.truncated("its tensors end at byte %d, and it has %d".formatted(start + end, size));
            }
            return tensors;
        }

        private long dimension(String name) throws IOException {
            long extent = in.number64();
            if (extent < 1) {
                throw new PlanException(
                        "%s says that tensor %s is %d wide; fetch it again".formatted(path, name, extent));
            }
            return extent;
        }

        private long product(long a, long b, String name) {
            if (Math.multiplyHigh(a, b) != 0 || a * b < 0 || a * b > 1L << 50) {
                throw new PlanException(
                        "%s says that tensor %s is larger than any; fetch it again".formatted(path, name));
            }
            return a * b;
        }
    }
}
