package dev.cermin.flow;

import dev.cermin.chat.Conversations;
import dev.cermin.flow.LaterException.Kind;
import dev.cermin.flow.Retries.OfLane;
import dev.cermin.flow.claim.ClaimAwayException;
import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import dev.cermin.loop.Decision;
import dev.cermin.run.Conversation;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Does the step that a message asks for: one model call, and what follows from it. */
final class Worker implements LaneHandler {
    private static final Logger LOG = Logger.getLogger(Worker.class);

    private final Loops loops;
    private final PinnedAgents agents = new PinnedAgents(Pinned::of);

    Worker(Loops loops) {
        this.loops = loops;
    }

    @Override
    public List<ProducerRecord<String, byte[]>> handle(
            ConsumerRecord<String, byte[]> record, Attempts attempts, Place place) {
        Messages.Step step;
        Turn turn;
        try {
            step = Json.read(state(record), Messages.Step.class);
            turn = turn(record, step);
        } catch (JsonException | IllegalArgumentException e) {
            LOG.warnf("A step that can't be read goes to the dead letters: %s", e.getMessage());
            return List.of(Messages.deadLetter(record, e.getMessage()));
        }
        return turn.resume(Topics.laneOf(record.topic()), step.head(), attempts, place);
    }

    /** What a loop leads to that waited for a person; null where nobody decided in time. */
    List<ProducerRecord<String, byte[]>> decide(
            ConsumerRecord<String, byte[]> record, Messages.Wait wait, @Nullable Decision decision) {
        try {
            Messages.Step step = Json.read(state(record), Messages.Step.class);
            return turn(record, step).decide(step.head(), decision, wait.asked());
        } catch (JsonException | IllegalArgumentException e) {
            LOG.warnf("A loop that waits and can't be read goes to the dead letters: %s", e.getMessage());
            return List.of(Messages.deadLetter(record, e.getMessage()));
        }
    }

    private Turn turn(ConsumerRecord<String, byte[]> record, Messages.Step step) {
        byte[] content = Messages.agent(record)
                .orElseThrow(() -> new JsonException("The header " + Messages.AGENT_HEADER + " is missing", null));
        Pinned agent = agents.of(content).requirePin(step.state().plan().pin());
        Carried carried = Carried.of(record.headers());
        return new Turn(loops, step.state(), agent, carried, conversation(carried));
    }

    /** The value, or what is kept for it. */
    private byte[] state(ConsumerRecord<String, byte[]> record) {
        Optional<UUID> claim = Messages.claim(record);
        if (claim.isEmpty()) {
            return Envelope.body(record, Messages.STEP);
        }
        Envelope.requireType(record, Messages.STEP);
        OfLane lane = loops.retries().of(Topics.laneOf(record.topic()));
        try (Outages.Turn turn = store(lane)) {
            try {
                Optional<byte[]> kept = loops.claims().find(claim.get());
                turn.well();
                return kept.orElseThrow(() -> new JsonException(
                        "The loop's state, %s, is not in Postgres any more; cermin.claim-check.keep says how long it is kept"
                                .formatted(claim.get()),
                        null));
            } catch (ClaimAwayException e) {
                turn.ill(e.reason());
                throw new LaterException(Kind.UNREAD, e.reason(), lane.retry().delay());
            }
        }
    }

    /** @throws LaterException where it is known to be away: which says nothing of the model */
    private static Outages.Turn store(OfLane lane) {
        try {
            return lane.stores().enter("claims");
        } catch (LaterException e) {
            throw new LaterException(Kind.UNREAD, e.reason(), e.delay());
        }
    }

    /** @throws JsonException where there is one that can't be read */
    static @Nullable Conversation conversation(Carried carried) {
        byte[] said = carried.get(Messages.CONVERSATION_HEADER);
        return said == null ? null : Conversations.read(said);
    }
}
