package dev.cermin.flow;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.json.JsonException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Agents by the hash of their definition, read from messages once each. Thread-safe. */
final class PinnedAgents {
    private static final int REMEMBERED = 256;

    private final Map<String, Pinned> byHash = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pinned> eldest) {
            return size() > REMEMBERED;
        }
    });

    private record Pinned(ByteBuffer content, AgentDefinition agent) {}

    /**
     * The agent that a task is pinned to.
     *
     * @throws JsonException where the content isn't the one with that hash, or isn't an agent's
     */
    AgentDefinition of(String pin, byte[] content) {
        Pinned known = byHash.get(pin);
        if (known != null && known.content().equals(ByteBuffer.wrap(content))) {
            return known.agent();
        }
        String hash = AgentDefinition.hash(content);
        if (!hash.equals(pin)) {
            throw new JsonException(
                    "The task is pinned to agent definition %s; the message carries %s".formatted(pin, hash), null);
        }
        AgentDefinition agent = AgentDefinition.of(content);
        byHash.put(pin, new Pinned(ByteBuffer.wrap(content), agent));
        return agent;
    }
}
