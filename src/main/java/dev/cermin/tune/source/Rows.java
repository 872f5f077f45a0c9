package dev.cermin.tune.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
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
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The records of a JSON array, or of JSON Lines, one in memory at a time. A line that is no JSON costs nothing but itself;
 * behind an element that is none, nobody knows where the next begins, so it ends the reading.
 */
record Rows(Path file) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectReader LINE = MAPPER.readerFor(JsonNode.class);
    private static final JsonFactory COPIER = new JsonFactory();

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

    private void array(InputStream in, Reader reader) throws IOException {
        int number = 0;
        // a key that an element has twice is the element's fault, told when its text is read
        try (JsonParser parser = COPIER.createParser(in)) {
            parser.nextToken();
            do {
                number++;
                if (parser.nextToken() == JsonToken.END_ARRAY) {
                    requireEnd(parser);
                    return;
                }
            } while (element(number, parser.currentTokenLocation().getLineNr(), text(parser), reader));
        } catch (JsonProcessingException e) {
            throw broken(number, e);
        }
    }

    private static String text(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = COPIER.createGenerator(text)) {
            copy.copyCurrentStructure(parser);
        }
        return text.toString();
    }

    private static boolean element(int number, int line, String text, Reader reader) throws IOException {
        try {
            return reader.row(number, line, LINE.readTree(text), null, text);
        } catch (JsonProcessingException e) {
            return reader.row(number, line, null, e.getOriginalMessage(), text);
        }
    }

    private void requireEnd(JsonParser parser) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        boolean ends;
        try {
            ends = parser.nextToken() == null;
        } catch (JsonProcessingException e) {
            ends = false;
        }
        if (!ends) {
            throw new SourceException(
                    "%s has more behind the end of its array, which is in line %d. Give each array a file of its own"
                            .formatted(file, line));
        }
    }

    private SourceException broken(int number, JsonProcessingException e) {
        JsonLocation at = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
        return new SourceException(
                ("%s is no JSON in or before element %d of its array, at line %d, column %d, and what follows can't be told "
                                + "apart: %s. Mend it there, or give JSON Lines, of which only the broken line is set aside")
                        .formatted(file, number, at.getLineNr(), at.getColumnNr(), e.getOriginalMessage()),
                e);
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
