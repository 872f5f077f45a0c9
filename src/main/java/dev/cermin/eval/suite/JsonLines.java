package dev.cermin.eval.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Files with a JSON object in each line; blank lines don't count. */
final class JsonLines {
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private JsonLines() {}

    /**
     * What each row comes to.
     *
     * @param item not asked where the line is no object; what it returns for a row with faults is never seen
     * @throws SuiteException where the file can't be read, holds nothing, or any row has a fault
     */
    static <T> List<T> read(Path file, Function<Row, T> item) {
        Faults faults = new Faults();
        Map<String, Integer> ids = new HashMap<>();
        List<T> items = new ArrayList<>();
        List<ByteBuffer> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            try {
                String line = UTF_8.newDecoder().decode(lines.get(i)).toString();
                if (line.isBlank()) {
                    continue;
                }
                JsonNode value = READER.readTree(line);
                if (value instanceof ObjectNode fields) {
                    items.add(item.apply(new Row(file, i + 1, fields, ids, faults)));
                } else {
                    faults.add(file, i + 1, "", "a JSON object is expected, not " + value.getNodeType());
                }
            } catch (CharacterCodingException e) {
                faults.add(file, i + 1, "", "is not UTF-8");
            } catch (JsonProcessingException e) {
                int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
                faults.add(file, i + 1, "", "is no JSON, at column %d: %s".formatted(column, e.getOriginalMessage()));
            }
        }
        faults.throwIfAny();
        if (items.isEmpty()) {
            throw Faults.only(file, "is empty; a JSON object in each line is expected");
        }
        return items;
    }

    private static List<ByteBuffer> lines(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw Faults.only(file, "can't be read: " + e);
        }
        List<ByteBuffer> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                lines.add(ByteBuffer.wrap(bytes, start, i - start));
                start = i + 1;
            }
        }
        return lines;
    }
}
