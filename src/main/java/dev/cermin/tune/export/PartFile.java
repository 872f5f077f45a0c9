package dev.cermin.tune.export;

import dev.cermin.json.Json;
import dev.cermin.tune.lines.Lines;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** A file that is written beside its place. */
final class PartFile implements AutoCloseable {
    private final Path file;
    private final Path beside;
    private @Nullable OutputStream out;
    private long lines;

    PartFile(Path file) {
        this.file = file;
        beside = file.resolveSibling("." + file.getFileName() + ".part");
    }

    String name() {
        return file.getFileName().toString();
    }

    long lines() {
        return lines;
    }

    void line(Object row) {
        write(Lines.safe(Json.text(row)) + "\n");
        lines++;
    }

    void write(String text) {
        try {
            if (out == null) {
                out = new BufferedOutputStream(Files.newOutputStream(beside));
            }
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Nothing is lost any more by a full disk. */
    void end() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Into its place; where nothing was written, what stood there goes. */
    void move() {
        try {
            if (out == null) {
                Files.deleteIfExists(file);
            } else {
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private ExportException failed(IOException e) {
        return new ExportException("%s can't be written: %s".formatted(file, e), e);
    }

    @Override
    public void close() {
        try {
            if (out != null) {
                out.close();
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
