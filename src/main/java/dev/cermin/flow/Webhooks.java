package dev.cermin.flow;

import dev.cermin.flow.LaterException.Kind;
import dev.cermin.flow.webhook.AllowedHosts;
import dev.cermin.flow.webhook.Answer;
import dev.cermin.flow.webhook.Caller;
import dev.cermin.json.JsonException;
import dev.cermin.run.StepInterruptedException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Tells an outcome to the address that its task named: at least once, for a crash may come between a call and its being
 * written down. A receiver that is down or slow holds up no other.
 */
final class Webhooks implements LaneHandler {
    private static final Logger LOG = Logger.getLogger(Webhooks.class);

    private final AllowedHosts hosts;
    private final Caller caller;
    private final Outages outages;
    private final Retry retry;
    private final Clock clock;
    private final Consumer<String> outcomes;

    /** @param outcomes hears of each call: {@code delivered}, {@code retried}, {@code failed} */
    Webhooks(AllowedHosts hosts, Caller caller, Outages outages, Retry retry, Clock clock, Consumer<String> outcomes) {
        this.hosts = hosts;
        this.caller = caller;
        this.outages = outages;
        this.retry = retry;
        this.clock = clock;
        this.outcomes = outcomes;
    }

    @Override
    public List<ProducerRecord<String, byte[]>> handle(
            ConsumerRecord<String, byte[]> record, Attempts attempts, Place place) {
        URI address;
        byte[] body;
        try {
            body = Envelope.body(record, Messages.WEBHOOK);
            byte[] callback = Carried.of(record.headers()).get(Messages.CALLBACK_HEADER);
            if (callback == null || record.key() == null) {
                throw new JsonException("The key, or the header " + Messages.CALLBACK_HEADER + ", is missing", null);
            }
            address = hosts.require(new String(callback, StandardCharsets.UTF_8));
        } catch (JsonException | IllegalArgumentException e) {
            return undone(record, String.valueOf(e.getMessage()), attempts);
        }
        boolean last = retry.exhausted(attempts.firstFailure(), clock.instant());
        try (Outages.Turn turn = outages.enter(AllowedHosts.place(address))) {
            return switch (caller.call(address, record.key(), body)) {
                case Answer.Taken taken -> {
                    turn.well();
                    outcomes.accept("delivered");
                    yield List.of();
                }
                case Answer.Refused refused -> {
                    turn.well();
                    yield undone(record, told(address, refused.reason()), attempts);
                }
                case Answer.Later later -> {
                    turn.ill(later.reason());
                    if (last) {
                        yield undone(record, told(address, later.reason()), attempts);
                    }
                    outcomes.accept("retried");
                    throw new LaterException(
                            Kind.FAILED,
                            told(address, later.reason()),
                            retry.after(attempts.number(), later.retryAfter()));
                }
            };
        } catch (LaterException e) {
            if (last) {
                return undone(record, told(address, e.reason()), attempts);
            }
            throw e;
        } catch (InterruptedException e) {
            throw new StepInterruptedException(e);
        }
    }

    private static String told(URI address, String reason) {
        return "%s was not told: %s".formatted(AllowedHosts.shown(address), reason);
    }

    private List<ProducerRecord<String, byte[]>> undone(
            ConsumerRecord<String, byte[]> record, String reason, Attempts attempts) {
        outcomes.accept("failed");
        LOG.warnf(
                "The webhook of task %s goes to the dead letters after attempt %d: %s",
                record.key(), attempts.number(), reason);
        return List.of(Messages.deadLetter(record, reason, attempts, null));
    }
}
