package dev.cermin.model.jlama;

import java.nio.file.Path;

/** A model folder cannot be used. The message says what is wrong, where, and what to do. */
public final class ModelLoadException extends RuntimeException {
    /**
     * @param where the folder or file at fault
     * @param problem what was found, and what was expected
     * @param remedy what to do about it
     */
    public ModelLoadException(Path where, String problem, String remedy) {
        this(where, problem, remedy, null);
    }

    /** As the other constructor, with the exception that led here, or null. */
    public ModelLoadException(Path where, String problem, String remedy, Throwable cause) {
        super("Cannot load the model at " + where + ": " + problem + ". " + remedy + ".", cause);
    }
}
