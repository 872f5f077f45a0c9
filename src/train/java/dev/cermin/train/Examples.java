package dev.cermin.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
     * Reads the rows of an export for reflection: messages of a user and an assistant, and where the loss begins. Lines
     * that are anything else, or longer than a row of a batch, are told and left out.
     *
     * @throws IllegalArgumentException where nothing is left
     */
    static Examples read(Path file) throws IOException {
        return read(file, System.err::println);
    }

    static Examples read(Path file, Consumer<String> broken) throws IOException {
        List<Sequence> all = new ArrayList<>();
        int number = 0;
        int leftOut = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    if (!line.isBlank()) {
                        all.add(sequence(JSON.readTree(line)));
                    }
                } catch (IllegalArgumentException | JsonProcessingException e) {
                    broken.accept("cermin: left out: %s:%d: %s".formatted(file, number, firstLine(e)));
                    leftOut++;
                }
            }
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("%s:%d: this is no UTF-8".formatted(file, number + 1), e);
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s has no example to learn from; %d lines were left out".formatted(file, leftOut));
        }
        return new Examples(all);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
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
            throw new IllegalArgumentException(
                    "It is %d tokens long, of which a row holds %d".formatted(sequence.length(), Feed.COLUMNS));
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
