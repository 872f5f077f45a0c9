package dev.cermin.audit;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/** What the log has a leaf for: one line of text, its words apart by a space. */
public sealed interface Entry {
    /** Whose trace it is about. */
    UUID task();

    /** The line. */
    String text();

    /** The leaf: the line in UTF-8. */
    default byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException where the line is no entry */
    static Entry of(String text) {
        String[] words = text.split(" ", 7);
        try {
            return switch (words[0]) {
                case Trace.WORD ->
                    new Trace(
                            UUID.fromString(words[1]),
                            Integer.parseInt(words[2]),
                            words[3],
                            words[4],
                            words[5],
                            words[6]);
                case Erasure.WORD -> new Erasure(UUID.fromString(words[1]), Long.parseLong(words[2]), words[3]);
                default -> throw new IllegalArgumentException("'%s' is none".formatted(words[0]));
            };
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "An entry is 'trace TASK STEPS HEAD ROW CREATED TENANT' or 'erasure TASK ID HASH', not '%s'"
                            .formatted(text.length() > 100 ? text.substring(0, 100) + "…" : text),
                    e);
        }
    }

    /**
     * A trace at its end; again where something was added to it later.
     *
     * @param steps how many it has
     * @param head the hash of the last, hex: it covers all of them
     * @param row SHA-256 of what lists show of the task, hex
     * @param created when the task was, ISO-8601
     * @param tenant whose the task is
     */
    record Trace(UUID task, int steps, String head, String row, String created, String tenant) implements Entry {
        private static final String WORD = "trace";

        public Trace {
            Objects.requireNonNull(task, "task");
        }

        @Override
        public String text() {
            return String.join(" ", WORD, task.toString(), String.valueOf(steps), head, row, created, tenant);
        }
    }

    /**
     * That texts of a trace were erased.
     *
     * @param id of the record
     * @param record SHA-256 of it, hex
     */
    record Erasure(UUID task, long id, String record) implements Entry {
        private static final String WORD = "erasure";

        public Erasure {
            Objects.requireNonNull(task, "task");
        }

        @Override
        public String text() {
            return String.join(" ", WORD, task.toString(), String.valueOf(id), record);
        }
    }
}
