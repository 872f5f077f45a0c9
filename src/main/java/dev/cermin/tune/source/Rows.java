package dev.cermin.tune.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The records of a JSON array, or of JSON Lines, one in memory at a time. */
record Rows(Path file) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectReader LINE = MAPPER.readerFor(JsonNode.class);
    /** An array's elements are followed by more of it. */
    private static final ObjectReader ELEMENT = LINE.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Told of every record; says whether to go on. */
    @FunctionalInterface
    interface Reader {
        /**
         * @param number of the record: the line, or in an array the element, from 1
         * @param row null where it can't be read
         * @param fault why; null where it can
         */
        boolean row(int number, int line, @Nullable JsonNode row, @Nullable String fault, String text);
    }

    void read(Reader reader) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            if (opensArray(in)) {
                array(in, reader);
            } else {
                lines(in, reader);
            }
        } catch (IOException e) {
            throw new SourceException("%s can't be read: %s".formatted(file, e), e);
        }
    }

    /** Looks at the first character, a byte order mark and white space apart. */
    private static boolean opensArray(InputStream in) throws IOException {
        in.mark(1 << 16);
        int first = in.read();
        if (first == 0xEF && in.read() == 0xBB && in.read() == 0xBF) {
            in.mark(1 << 16);
            first = in.read();
        }
        for (int looked = 0; Character.isWhitespace(first) && looked < 1 << 15; looked++) {
            first = in.read();
        }
        in.reset();
        return first == '[';
    }

    private static void array(InputStream in, Reader reader) throws IOException {
        try (JsonParser parser = MAPPER.createParser(in)) {
            int number = 0;
            try {
                parser.nextToken();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    number++;
                    int line = parser.currentTokenLocation().getLineNr();
                    JsonNode row = ELEMENT.readTree(parser);
                    if (!reader.row(number, line, row, null, row.toString())) {
                        return;
                    }
                }
                if (parser.nextToken() != null) {
                    int line = parser.currentTokenLocation().getLineNr();
                    reader.row(number + 1, line, null, "something stands behind the array's end", "");
                }
            } catch (JsonProcessingException e) {
                int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
                String fault = InstructionFile.shown(e) + "; element %d and all behind it are lost".formatted(number);
                reader.row(number, line, null, fault, "");
            }
        }
    }

    private static void lines(InputStream in, Reader reader) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int line = 1, next = 0; next >= 0; line++) {
            bytes.reset();
            while ((next = in.read()) >= 0 && next != '\n') {
                bytes.write(next);
            }
            if (!line(line, bytes.toByteArray(), reader)) {
                return;
            }
        }
    }

    private static boolean line(int number, byte[] bytes, Reader reader) throws IOException {
        String text = InstructionFile.lossy(bytes);
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return text.isBlank() || reader.row(number, number, LINE.readTree(text), null, text.strip());
        } catch (CharacterCodingException e) {
            return reader.row(number, number, null, "not UTF-8", text.strip());
        } catch (JsonProcessingException e) {
            return reader.row(number, number, null, InstructionFile.shown(e), text.strip());
        }
    }
}
