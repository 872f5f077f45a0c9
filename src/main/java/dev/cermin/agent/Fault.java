package dev.cermin.agent;

/**
 * Something wrong in a file.
 *
 * @param file its path
 * @param line from 1; 0 where it concerns the whole file
 * @param key the key, dotted; empty for the whole file
 * @param message what was given, what was expected, in one line
 */
public record Fault(String file, int line, String key, String message) {
    public Fault {
        message = message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (key.isEmpty() ? "" : ": " + key) + ": " + message;
    }
}
