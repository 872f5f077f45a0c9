package dev.cermin.model.jlama;

import com.github.tjake.jlama.tensor.operations.TensorOperationsProvider;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the JVM must be like before Jlama's classes are touched. */
final class JlamaRuntime {
    /** Held, because java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger JLAMA = Logger.getLogger("com.github.tjake.jlama");

    private JlamaRuntime() {}

    /** Fails when Jlama cannot compute in this JVM; to be called before any class of Jlama is loaded. */
    static void prepare(Path folder) {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            throw new ModelLoadException(
                    folder,
                    "Jlama computes with the Vector API, and this JVM runs without the module jdk.incubator.vector",
                    "Start java with --add-modules jdk.incubator.vector");
        }
        // The native library of Jlama skips tile corners; this flag keeps it out even where it is on the class path.
        System.setProperty("jlama.force_panama_tensor_operations", "true");
        // Jlama reports every load at INFO, and warns that the native library is missing, which we want.
        if (JLAMA.getLevel() == null) {
            JLAMA.setLevel(Level.WARNING);
        }
    }

    /** Fails when other code of this JVM made Jlama take its native library first. */
    static void refuseNativeOperations(Path folder) {
        String operations = TensorOperationsProvider.get().getClass().getSimpleName();
        if (operations.startsWith("Native")) {
            throw new ModelLoadException(
                    folder,
                    "Jlama runs on " + operations + ", whose results are wrong for some shapes",
                    "Take jlama-native off the class path");
        }
    }
}
