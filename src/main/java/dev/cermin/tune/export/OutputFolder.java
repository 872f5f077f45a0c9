package dev.cermin.tune.export;

import dev.cermin.tune.export.Export.Terms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of an export, none of them in its place before all are written. */
final class OutputFolder implements AutoCloseable {
    private static final String SOURCES = "sources.jsonl";
    private static final String CARD = "README.md";

    private final Path folder;
    private final List<PartFile> files = new ArrayList<>();
    private final PartFile sources;
    private final PartFile rejects;
    private final List<Sheet> sheets;
    private final Set<Format> formats;

    OutputFolder(Path folder, Set<Format> formats) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ExportException("The folder %s can't be made: %s".formatted(folder, e), e);
        }
        this.folder = folder;
        this.formats = formats;
        sources = file(SOURCES);
        rejects = file("rejects.jsonl");
        sheets = formats.stream()
                .map(format -> new Sheet(format, file(format.fileName()), sources))
                .toList();
    }

    private PartFile file(String name) {
        PartFile file = new PartFile(folder.resolve(name));
        files.add(file);
        return file;
    }

    List<Sheet> sheets() {
        return sheets;
    }

    void reject(Exported.Broken broken, String text) {
        rejects.line(new Reject(broken.file(), broken.line(), broken.reason(), text));
    }

    record Reject(String file, long line, String reason, String text) {}

    Exported finish(Collector collector, Terms terms) {
        Exported exported = new Exported(
                folder.toString(),
                collector.read(),
                sheets.stream().map(Sheet::counts).toList(),
                collector.broken(),
                rejects.lines());
        for (Histogram histogram : collector.histograms()) {
            PartFile picture = file(histogram.fileName());
            if (histogram.any()) {
                picture.write(Card.picture(histogram));
            }
        }
        // the last to be moved
        file(CARD).write(Card.of(exported, collector, terms));
        files.forEach(PartFile::end);
        removeEarlier();
        files.forEach(PartFile::move);
        return exported;
    }

    /** What stays would be without a card, and other formats' rows without an origin. */
    private void removeEarlier() {
        try {
            Files.deleteIfExists(folder.resolve(CARD));
            for (Format format : Format.values()) {
                if (!formats.contains(format) && exportedEarlier(format)) {
                    Files.deleteIfExists(folder.resolve(format.fileName()));
                }
            }
        } catch (IOException e) {
            throw new ExportException("What an earlier export left in %s can't be removed: %s".formatted(folder, e), e);
        }
    }

    /** A file of that name may be the user's own. */
    private boolean exportedEarlier(Format format) throws IOException {
        Path earlier = folder.resolve(SOURCES);
        if (!Files.exists(folder.resolve(format.fileName())) || !Files.exists(earlier)) {
            return false;
        }
        String named = "{\"file\":\"%s\",".formatted(format.fileName());
        try (Stream<String> rows = Files.lines(earlier, StandardCharsets.ISO_8859_1)) {
            return rows.anyMatch(row -> row.startsWith(named));
        }
    }

    @Override
    public void close() {
        files.forEach(PartFile::close);
    }
}
