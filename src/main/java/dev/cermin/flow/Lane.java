package dev.cermin.flow;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * One lane of one worker. Its thread polls; each record is handled on a virtual thread of its own; what the handlers
 * return is published in one Kafka transaction with the offsets, many at a time. So a slow step holds up neither the
 * poll nor faster steps behind it, and no step is published twice. Whatever goes wrong with Kafka, the lane begins
 * anew from what is committed.
 */
final class Lane implements Runnable {
    private static final Logger LOG = Logger.getLogger(Lane.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Settings settings;
    private final Places places;
    private final Gate.Maker gates;
    private final LaneHandler handler;
    private final LaneClients clients;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Hurry hurry = new Hurry();

    /**
     * How a lane is served.
     *
     * @param concurrency steps at once
     * @param drain how long running steps may go on once the lane stops
     */
    record Settings(String name, String topic, int concurrency, Duration drain) {}

    /** One that begins whatever it reads. */
    Lane(Settings settings, Places places, LaneHandler handler, LaneClients clients) {
        this(settings, places, wake -> new OpenGate(), handler, clients);
    }

    Lane(Settings settings, Places places, Gate.Maker gates, LaneHandler handler, LaneClients clients) {
        this.gates = gates;
        this.settings = settings;
        this.places = places;
        this.handler = handler;
        this.clients = clients;
        places.open(settings.name(), settings.concurrency());
    }

    /** Lets running steps end, for as long as the drain allows; {@link #run} returns thereafter. */
    void stop() {
        stopping.set(true);
    }

    /** What waits may be done now. */
    Hurry hurry() {
        return hurry;
    }

    @Override
    public void run() {
        while (!stopping.get()) {
            try (LaneSession session = new LaneSession(settings, places, gates, handler, clients, hurry)) {
                session.run(stopping::get);
            } catch (RuntimeException | Error e) {
                // whatever it is: a lane that ended here would leave its tasks lying
                if (!stopping.get()) {
                    LOG.warnf("Lane %s begins anew in %d s: %s", settings.topic(), PAUSE.toSeconds(), e);
                    pause();
                }
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            stopping.set(true);
        }
    }
}
