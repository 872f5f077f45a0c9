package dev.cermin.eval.suite;

import dev.cermin.eval.Suite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads, or makes, the items of one suite. Immutable, so thread-safe. */
public final class SuiteReader {
    /** Reads a suite from the folder that holds its files. */
    @FunctionalInterface
    interface OfFiles {
        Suite read(Path folder, Convention convention);
    }

    /** Makes a suite of problems. */
    @FunctionalInterface
    interface OfSeed {
        Suite make(int count, long seed);
    }

    /**
     * Where a suite's files are.
     *
     * @param folder as the benchmark's own copy is usually named
     * @param markers the file or folder in it that it is known by, or one of them
     */
    record Home(String folder, List<String> markers) {
        Home(String folder, String... markers) {
            this(folder, List.of(markers));
        }

        boolean isAt(Path candidate) {
            return markers.stream().anyMatch(marker -> Files.exists(candidate.resolve(marker)));
        }
    }

    private final String name;
    private final String about;
    private final List<Convention> conventions;
    private final @Nullable Home home;
    private final OfFiles files;
    private final OfSeed seed;

    private SuiteReader(
            String name, String about, List<Convention> conventions, @Nullable Home home, OfFiles files, OfSeed seed) {
        this.name = name;
        this.about = about;
        this.conventions = List.copyOf(conventions);
        this.home = home;
        this.files = files;
        this.seed = seed;
    }

    /** @param conventions the default first */
    static SuiteReader ofFiles(String name, String about, List<Convention> conventions, Home home, OfFiles files) {
        return new SuiteReader(name, about, conventions, home, files, (count, seed) -> {
            throw new IllegalStateException(name);
        });
    }

    static SuiteReader ofSeed(String name, String about, OfSeed seed) {
        return new SuiteReader(name, about, List.of(), null, (folder, convention) -> seed.make(1, 1), seed);
    }

    public String name() {
        return name;
    }

    /** What it is and which files it reads, in a line. */
    public String about() {
        return about;
    }

    /** Those it can be asked by, the default first; empty for a suite that makes its own problems. */
    public List<Convention> conventions() {
        return conventions;
    }

    /** Whether it reads files, and so needs a folder. */
    public boolean needsFolder() {
        return home != null;
    }

    /** With the defaults. */
    public Suite read(Path folder) {
        return read(folder, SuiteOptions.DEFAULT);
    }

    /**
     * The items.
     *
     * @param folder with the suite's files, or with a folder of them; null, and not looked at, where the suite makes
     *     its own problems
     * @throws IllegalArgumentException where there is no folder and one is needed, for a convention that the suite
     *     doesn't have, and for more problems than there are
     * @throws SuiteException where files are missing or can't be used; every fault of a file is told
     * @throws dev.cermin.verify.VerifierUnavailableException where this machine can't score such answers, for want of a
     *     sandbox or an interpreter
     */
    public Suite read(@Nullable Path folder, SuiteOptions options) {
        Convention asked = options.convention();
        if (asked != null && !conventions.contains(asked)) {
            throw new IllegalArgumentException(
                    conventions.isEmpty()
                            ? "The suite '%s' has no conventions; leave '%s' out".formatted(name, asked.label())
                            : "The suite '%s' has no convention '%s'; it has %s"
                                    .formatted(name, asked.label(), labels()));
        }
        if (home == null) {
            return seed.make(options.count(), options.seed());
        }
        if (folder == null) {
            throw new IllegalArgumentException(
                    "The suite '%s' needs a folder with its files: %s".formatted(name, about));
        }
        return files.read(find(folder, home), asked == null ? conventions.getFirst() : asked);
    }

    private String labels() {
        return String.join(", ", conventions.stream().map(Convention::label).toList());
    }

    private Path find(Path folder, Home where) {
        if (!Files.isDirectory(folder)) {
            throw Faults.only(
                    folder,
                    Files.exists(folder)
                            ? "is no folder; the folder with the files of '%s' is expected".formatted(name)
                            : "is not there; the folder with the files of '%s' is expected".formatted(name));
        }
        Path inner = folder.resolve(where.folder());
        return Stream.of(folder, inner)
                .filter(where::isAt)
                .findFirst()
                .orElseThrow(() -> Faults.only(
                        folder,
                        "has no %s, nor has %s; the files of '%s' are expected: %s"
                                .formatted(String.join(" or ", where.markers()), inner, name, about)));
    }
}
