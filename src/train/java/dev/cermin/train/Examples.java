package dev.cermin.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Sequences that were made before, to be learned in any order. */
record Examples(List<Sequence> all) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Examples {
        all = List.copyOf(all);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("There is no example to learn from");
        }
    }

    Sequence any(RandomGenerator random) {
        return all.get(random.nextInt(all.size()));
    }

    /**
     * Reads the rows of an export for reflection: messages of a user and an assistant, and where the loss begins.
     *
     * @throws IllegalArgumentException where a line is anything else, or longer than a row; it names the line
     */
    static Examples read(Path file) throws IOException {
        List<Sequence> all = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                try {
                    all.add(sequence(JSON.readTree(lines.get(i))));
                } catch (IllegalArgumentException | JsonProcessingException e) {
                    throw new IllegalArgumentException("%s:%d: %s".formatted(file, i + 1, e.getMessage()), e);
                }
            }
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException(file + " has no example to learn from");
        }
        return new Examples(all);
    }

    private static Sequence sequence(JsonNode row) {
        JsonNode messages = row.path("messages");
        String asked = content(messages.path(0), "user");
        String answer = content(messages.path(1), "assistant");
        int from = row.path("loss_from").asInt(-1);
        if (from < 0 || from > answer.codePointCount(0, answer.length())) {
            throw new IllegalArgumentException(
                    "loss_from is %s, expected how many of the answer's characters carry no loss"
                            .formatted(row.path("loss_from")));
        }
        Sequence sequence = Sequence.of(asked, answer, from);
        if (sequence.length() > Feed.COLUMNS) {
            throw new IllegalArgumentException("It is %d tokens long, of which a row holds %d; leave it out"
                    .formatted(sequence.length(), Feed.COLUMNS));
        }
        return sequence;
    }

    private static String content(JsonNode message, String role) {
        if (!message.path("role").asText().equals(role)
                || !message.path("content").isTextual()) {
            throw new IllegalArgumentException(
                    "a user's message and then an assistant's are expected under messages, found " + message);
        }
        return message.path("content").asText();
    }
}
