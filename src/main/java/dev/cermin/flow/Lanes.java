package dev.cermin.flow;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.config.CerminConfig;
import dev.cermin.loop.Action;
import dev.cermin.loop.Action.Correct;
import dev.cermin.loop.Action.Finish;
import dev.cermin.loop.Action.Generate;
import dev.cermin.loop.Action.Reflect;
import dev.cermin.loop.Action.Review;
import dev.cermin.loop.Action.Verify;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which lane serves an action: the one that its model names, else its role's. Every worker that passes steps on needs the
 * same {@code cermin.models.NAME.lane}; one without it uses the role's lane. Immutable.
 */
final class Lanes {
    static final String INTAKE = "intake";
    /** No lane, but what decisions are counted under. */
    static final String REVIEW = "review";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** By model. */
    private final Map<String, String> own;

    private Lanes(Map<String, String> own) {
        this.own = own;
    }

    /** @throws IllegalArgumentException for a name that can be no lane's */
    static Lanes of(CerminConfig config) {
        Map<String, String> own = new TreeMap<>();
        config.models()
                .forEach((model, settings) -> settings.lane().ifPresent(lane -> {
                    if (lane.equals(INTAKE) || !NAME.matcher(lane).matches()) {
                        throw new IllegalArgumentException(
                                "cermin.models.%s.lane is '%s'; a name other than %s is expected, of lower case, digits and hyphens"
                                        .formatted(model, lane, INTAKE));
                    }
                    own.put(model, lane);
                }));
        return new Lanes(own);
    }

    /** Those that carry steps. */
    List<String> names() {
        List<String> names = new ArrayList<>(Topics.STEP_LANES);
        new TreeSet<>(own.values())
                .stream().filter(lane -> !names.contains(lane)).forEach(names::add);
        return names;
    }

    /** All topics, with the partitions that one machine needs. */
    Map<String, Integer> topics() {
        Map<String, Integer> topics = Topics.all();
        int partitions = topics.get(Topics.TASKS);
        names().forEach(lane -> topics.put(Topics.ofLane(lane), partitions));
        return topics;
    }

    /** Empty for what a worker does on the spot: verifying takes no model. */
    Optional<String> of(Action action, LoopState state, AgentDefinition agent) {
        return switch (action) {
            case Generate generate -> Optional.of(lane(Role.GENERATE, drafting(Role.GENERATE, state, agent)));
            case Correct correct -> Optional.of(lane(Role.CORRECT, drafting(Role.CORRECT, state, agent)));
            case Reflect reflect ->
                Optional.of(lane(Role.REFLECT, agent.critic(reflect.critic()).model()));
            case Verify verify -> Optional.empty();
            case Review review -> Optional.empty();
            case Finish finish -> Optional.empty();
        };
    }

    /** The model that an action asks; empty where it asks none, or has none. */
    static Optional<String> model(Action action, LoopState state, AgentDefinition agent) {
        return switch (action) {
            case Generate generate -> Optional.ofNullable(drafting(Role.GENERATE, state, agent));
            case Correct correct -> Optional.ofNullable(drafting(Role.CORRECT, state, agent));
            case Reflect reflect ->
                Optional.ofNullable(agent.critic(reflect.critic()).model());
            case Verify verify -> Optional.empty();
            case Review review -> Optional.empty();
            case Finish finish -> Optional.empty();
        };
    }

    private String lane(Role role, @Nullable String model) {
        String lane = model == null ? null : own.get(model);
        return lane == null ? role.key() : lane;
    }

    private static @Nullable String drafting(Role role, LoopState state, AgentDefinition agent) {
        String escalated = state.draftCall().model();
        return escalated == null ? agent.models().get(role) : escalated;
    }
}
