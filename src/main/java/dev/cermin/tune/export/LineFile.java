package dev.cermin.tune.export;

import dev.cermin.json.JsonException;
import dev.cermin.tune.lines.Lines;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a {@code selected.jsonl} or {@code corrections.jsonl}. */
final class LineFile {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final Path file;
    /** What the line before was: mostly this one is the same. */
    private boolean corrections;

    LineFile(Path file) {
        this.file = file;
    }

    void into(Collector collector) {
        MessageDigest digest = sha256();
        // as Latin-1, each byte is a character: so that bytes that are no UTF-8 spoil their own line only
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new DigestInputStream(new BufferedInputStream(Files.newInputStream(file)), digest),
                StandardCharsets.ISO_8859_1))) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    read(line, number, collector);
                }
            }
        } catch (NoSuchFileException e) {
            throw new ExportException(
                    "There is no file %s; a selected.jsonl or corrections.jsonl is expected".formatted(file), e);
        } catch (IOException e) {
            throw new ExportException("%s can't be read: %s".formatted(file, e), e);
        }
        collector.input(new Collector.InputFile(
                String.valueOf(file.getFileName()), HexFormat.of().formatHex(digest.digest())));
    }

    private void read(String latin, long number, Collector collector) {
        String line = utf8(latin);
        if (line == null) {
            collector.broken(file.toString(), number, "not in UTF-8", latin);
            return;
        }
        String text = number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
        JsonException reason = add(text, corrections, collector);
        if (reason != null && add(text, !corrections, collector) == null) {
            corrections = !corrections;
        } else if (reason != null) {
            collector.broken(file.toString(), number, String.valueOf(reason.getMessage()), line);
        }
    }

    /** What is wrong with it, read so; null where it was taken. */
    private static @Nullable JsonException add(String line, boolean correction, Collector collector) {
        Consumer<Collector> read;
        try {
            if (correction) {
                var one = Lines.correction(line);
                read = into -> into.add(one);
            } else {
                var one = Lines.selected(line);
                read = into -> into.add(one);
            }
        } catch (JsonException e) {
            return e;
        }
        read.accept(collector);
        return null;
    }

    private static @Nullable String utf8(String latin) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(latin.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
