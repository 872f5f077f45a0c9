package dev.cermin.tune.export;

import dev.cermin.tune.export.Made.LeftOut;
import dev.cermin.tune.export.Made.Rows;
import java.util.Map;
import java.util.TreeMap;

/** One format's file and its counts. */
final class Sheet {
    private final Format format;
    private final PartFile file;
    private final PartFile sources;
    private final Map<String, Long> leftOut = new TreeMap<>();
    private long taken;

    Sheet(Format format, PartFile file, PartFile sources) {
        this.format = format;
        this.file = file;
        this.sources = sources;
    }

    Format format() {
        return format;
    }

    /** Whether rows were made of it. */
    boolean add(Made made, Origin origin) {
        return switch (made) {
            case Rows all -> {
                for (Object row : all.rows()) {
                    file.line(row);
                    sources.line(origin.line(file.name(), file.lines()));
                }
                taken++;
                yield true;
            }
            case LeftOut left -> {
                leftOut.merge(left.reason(), 1L, Long::sum);
                yield false;
            }
        };
    }

    Exported.File counts() {
        return new Exported.File(format, file.name(), file.lines(), taken, leftOut);
    }
}
