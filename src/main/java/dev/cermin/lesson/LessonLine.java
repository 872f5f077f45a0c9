package dev.cermin.lesson;

import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of a lessons' file: either of the two.
 *
 * @param learned a lesson as drawn first or renewed: it takes the place of an earlier one of its id
 * @param revoked the id of a lesson that counts no more, before and after this line
 */
record LessonLine(@Nullable Lesson learned, @Nullable String revoked) {
    static LessonLine learned(Lesson lesson) {
        return new LessonLine(Objects.requireNonNull(lesson, "lesson"), null);
    }

    static LessonLine revoked(String id) {
        return new LessonLine(null, Objects.requireNonNull(id, "id"));
    }

    /** @throws JsonException where the bytes are not exactly one of the two */
    static LessonLine of(byte[] json) {
        LessonLine line = Json.read(json, LessonLine.class);
        if ((line.learned == null) == (line.revoked == null)) {
            throw new JsonException("Expected either \"learned\" with a lesson or \"revoked\" with its id", null);
        }
        return line;
    }

    /** With the line's end. */
    byte[] bytes() {
        return (Json.text(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
