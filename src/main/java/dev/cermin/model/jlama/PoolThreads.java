package dev.cermin.model.jlama;

import com.github.tjake.jlama.util.PhysicalCoreExecutor;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The size of Jlama's thread pool, of which a JVM has one for good.
 *
 * <p>Jlama gives each of t threads width/t rows of a projection, and the last one width mod (width/t) rows more. Only
 * where t² is at most the width is that all of them; above it, output rows are dropped without an error.
 */
final class PoolThreads {
    /** Above this the pool costs more than it gives unless the model is large: then ask for more. */
    private static final int DEFAULT_MOST = 8;

    private PoolThreads() {}

    /** The most threads that a model takes whose smallest projection has this many rows. */
    static int most(int smallestProjection) {
        return (int) Math.sqrt(smallestProjection);
    }

    /** Starts the pool if need be, and returns its size, which fits the model. */
    static synchronized int claim(ModelFolder folder, OptionalInt wanted) {
        int processors = Runtime.getRuntime().availableProcessors();
        int smallest = folder.shape().smallestProjection();
        int most = most(smallest);
        if (wanted.isPresent()) {
            refuseAbove(folder.path(), "threads is " + wanted.getAsInt(), wanted.getAsInt(), most, smallest);
            if (wanted.getAsInt() > processors) {
                throw new ModelLoadException(
                        folder.path(),
                        "threads is " + wanted.getAsInt() + ", and the JVM has " + processors + " processors",
                        "Ask for at most " + processors);
            }
        }
        int threads = wanted.orElse(Math.min(most, Math.min(processors, DEFAULT_MOST)));
        int running = start(threads);
        if (wanted.isPresent() && running != threads) {
            throw new ModelLoadException(
                    folder.path(),
                    "threads is " + threads + ", and Jlama's pool, one for the whole JVM, already runs " + running,
                    "Ask for " + running + ", or leave threads unset");
        }
        refuseAbove(folder.path(), "Jlama's pool already runs " + running + " threads", running, most, smallest);
        return running;
    }

    private static void refuseAbove(Path folder, String given, int threads, int most, int smallest) {
        if (threads > most) {
            throw new ModelLoadException(
                    folder,
                    given + ", too many for a model whose smallest projection is " + smallest + " wide",
                    "Start the JVM's first model with at most " + most + " threads");
        }
    }

    private static int start(int threads) {
        try {
            PhysicalCoreExecutor.overrideThreadCount(threads);
            return threads;
        } catch (IllegalStateException alreadyStarted) {
            return PhysicalCoreExecutor.instance.get().getCoreCount();
        }
    }
}
