package dev.cermin.testing;

import dev.cermin.json.Json;
import dev.cermin.testing.Recording.Exchange;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers from a file that {@link RecordingChatModel} wrote, without the model. A request gets the response that was
 * recorded for the same messages and parameters; equal requests get theirs in the recorded order, and where threads ask
 * at once, in any. Usage, thinking, tool calls and finish reason are as recorded. Thread-safe.
 *
 * <p>A request that was not recorded, or not so often, is an {@link AssertionError} that shows the nearest one that was,
 * and what differs.
 */
public final class ReplayingChatModel implements ChatModel {
    private final Path file;
    private final Recording recording;
    private final Map<String, List<Exchange>> known = new HashMap<>();
    private final Map<String, Integer> given = new HashMap<>();

    private ReplayingChatModel(Path file) {
        this.file = file;
        this.recording = Recording.read(file);
        for (Exchange exchange : recording.exchanges()) {
            known.computeIfAbsent(exchange.request().key(), key -> new ArrayList<>())
                    .add(exchange);
        }
    }

    /**
     * Reads the file.
     *
     * @throws java.io.UncheckedIOException where it can't be read
     * @throws IllegalArgumentException where it is no recording; the message names the line
     */
    public static ReplayingChatModel of(Path file) {
        return new ReplayingChatModel(file);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return answer(RecordedRequest.of(request)).response().response();
    }

    private synchronized Exchange answer(RecordedRequest request) {
        String key = request.key();
        List<Exchange> equal = known.get(key);
        if (equal == null) {
            throw unknown(request);
        }
        int before = given.getOrDefault(key, 0);
        if (before == equal.size()) {
            throw new AssertionError(
                    "%s has this request %s, and it was made once more. Record it anew. The request:%n%s"
                            .formatted(file, Brief.count(equal.size(), "time", "times"), Json.text(request)));
        }
        given.put(key, before + 1);
        return equal.get(before);
    }

    private AssertionError unknown(RecordedRequest request) {
        List<Exchange> all = recording.exchanges();
        if (all.isEmpty()) {
            return new AssertionError(
                    "%s has no exchanges. Record it anew. The request:%n%s".formatted(file, Json.text(request)));
        }
        Exchange nearest = all.stream()
                .min(Comparator.<Exchange>comparingInt(each -> each.request().distance(request))
                        .thenComparingInt(each -> -each.request().nearness(request)))
                .orElseThrow();
        return new AssertionError(Stream.concat(
                        Stream.of("%s has no such request. The nearest stands in line %d, and there differs:"
                                .formatted(file, all.indexOf(nearest) + 2)),
                        nearest.request().differences(request).stream().map(each -> "  " + each))
                .collect(Collectors.joining(System.lineSeparator())));
    }

    /** @throws AssertionError where exchanges were recorded that nobody asked for; the message names their lines */
    public synchronized void assertExhausted() {
        Map<String, Integer> seen = new HashMap<>();
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < recording.exchanges().size(); i++) {
            String key = recording.exchanges().get(i).request().key();
            if (seen.merge(key, 1, Integer::sum) > given.getOrDefault(key, 0)) {
                left.add(i + 2);
            }
        }
        if (!left.isEmpty()) {
            throw new AssertionError("%s has exchanges that nobody asked for, in lines %s".formatted(file, left));
        }
    }

    @Override
    public ModelProvider provider() {
        return recording.head().modelProvider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Stream.of(Capability.values())
                .filter(each -> recording.head().capabilities().contains(each.name()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
