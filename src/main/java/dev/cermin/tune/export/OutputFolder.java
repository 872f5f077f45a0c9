package dev.cermin.tune.export;

import dev.cermin.tune.export.Export.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of an export, none of them in its place before all are written. */
final class OutputFolder implements AutoCloseable {
    private final Path folder;
    private final List<PartFile> files = new ArrayList<>();
    private final PartFile sources;
    private final PartFile rejects;
    private final List<Sheet> sheets;

    OutputFolder(Path folder, Set<Format> formats) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ExportException("The folder %s can't be made: %s".formatted(folder, e), e);
        }
        this.folder = folder;
        sources = file("sources.jsonl");
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
        file("README.md").write(Card.of(exported, collector, terms));
        files.forEach(PartFile::end);
        files.forEach(PartFile::move);
        return exported;
    }

    @Override
    public void close() {
        files.forEach(PartFile::close);
    }
}
