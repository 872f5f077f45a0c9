package dev.cermin.flow;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.json.JsonException;
import dev.cermin.loop.Plan;

/** An agent with the bytes that its tasks are pinned to. Immutable, but for the bytes, which nobody changes. */
final class Pinned {
    private final AgentDefinition agent;
    private final byte[] content;
    private final Plan plan;

    private Pinned(AgentDefinition agent, byte[] content) {
        this.agent = agent;
        this.content = content;
        this.plan = agent.plan(AgentDefinition.hash(content));
    }

    static Pinned of(AgentDefinition agent) {
        return new Pinned(agent, agent.content());
    }

    /**
     * The bytes as they are.
     *
     * @throws JsonException where they aren't an agent's
     */
    static Pinned of(byte[] content) {
        return new Pinned(AgentDefinition.of(content), content);
    }

    AgentDefinition agent() {
        return agent;
    }

    /** As messages carry it. */
    byte[] content() {
        return content;
    }

    /** Of its loops. */
    Plan plan() {
        return plan;
    }

    /** @throws JsonException where a task is pinned to another definition */
    Pinned requirePin(String pin) {
        if (!plan.pin().equals(pin)) {
            throw new JsonException(
                    "The task is pinned to agent definition %s; the message carries %s".formatted(pin, plan.pin()),
                    null);
        }
        return this;
    }
}
