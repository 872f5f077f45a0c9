package dev.cermin.lesson;

import org.jspecify.annotations.Nullable;

/** A file of lessons that can't be used; the message says which, why, and what to do. */
public final class LessonFileException extends RuntimeException {
    LessonFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
