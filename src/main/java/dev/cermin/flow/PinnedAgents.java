package dev.cermin.flow;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Agents by the content that messages carry, read once each. Thread-safe. */
final class PinnedAgents {
    private static final int REMEMBERED = 256;

    /** Longer ones are read each time: all that are remembered together have 16 MiB at most. */
    private static final int LONGEST = 1 << 16;

    private final Function<byte[], Pinned> reader;
    private final Map<ByteBuffer, Pinned> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Pinned> eldest) {
            return size() > REMEMBERED;
        }
    });

    PinnedAgents(Function<byte[], Pinned> reader) {
        this.reader = reader;
    }

    /** @throws dev.cermin.json.JsonException where the content isn't an agent's */
    Pinned of(byte[] content) {
        ByteBuffer key = ByteBuffer.wrap(content);
        Pinned found = known.get(key);
        if (found == null) {
            found = reader.apply(content);
            if (content.length <= LONGEST) {
                known.put(key, found);
            }
        }
        return found;
    }
}
