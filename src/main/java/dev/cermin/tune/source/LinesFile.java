package dev.cermin.tune.source;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file of lines that is there as a whole or not at all. Closed without {@link #commit}, it is as if never begun. */
public final class LinesFile implements Closeable {
    private final Path file;
    private final Path part;
    private final Writer writer;
    private int lines;

    /** @throws UncheckedIOException where it can't be written, as the others */
    public LinesFile(Path file) {
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            // a lone surrogate, which UTF-8 can't hold, becomes a question mark
            writer = new BufferedWriter(new OutputStreamWriter(Files.newOutputStream(part), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** @param line without its end */
    public void add(String line) {
        try {
            writer.write(line);
            writer.write('\n');
            lines++;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    public int lines() {
        return lines;
    }

    /** From here on the file is there. */
    public void commit() {
        try {
            writer.close();
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private UncheckedIOException unwritable(IOException e) {
        return new UncheckedIOException("%s can't be written: %s".formatted(file, e), e);
    }
}
