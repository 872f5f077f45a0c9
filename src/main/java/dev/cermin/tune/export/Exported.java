package dev.cermin.tune.export;

import java.util.List;
import java.util.Map;

/**
 * What an export wrote.
 *
 * @param folder where
 * @param read samples and corrections that were read
 * @param files one for each format asked for
 * @param broken lines that were neither, with their numbers from 1, the first {@value #SHOWN} of them
 * @param brokenLines how many there were
 */
public record Exported(String folder, long read, List<File> files, List<Broken> broken, long brokenLines) {
    static final int SHOWN = 100;

    public Exported {
        files = List.copyOf(files);
        broken = List.copyOf(broken);
    }

    /**
     * @param name of the file; it is there only if it has rows, since trainers refuse an empty one
     * @param taken samples and corrections that rows were made of; with {@link #leftOut} they add up to those read
     * @param leftOut others, counted by the reason
     */
    public record File(Format format, String name, long rows, long taken, Map<String, Long> leftOut) {
        public File {
            leftOut = Map.copyOf(leftOut);
        }
    }

    /** A line and what is wrong with it. */
    public record Broken(String file, long line, String reason) {}
}
