package dev.cermin.flow;

/**
 * A place in a lane, held while its step runs. Carrying a loop on into its next lane saves the way over Kafka, where that
 * lane is served here, has a place free, and is quick enough that nothing done so far waits long to be published. Not
 * thread-safe: it is its own thread's.
 */
final class Place implements AutoCloseable {
    private final Places places;
    private final long begun = System.nanoTime();
    private Places.OfLane lane;
    private final Runnable onLeaving;
    private long entered = begun;

    Place(Places places, Places.OfLane lane, Runnable onLeaving) {
        this.places = places;
        this.lane = lane;
        this.onLeaving = onLeaving;
    }

    /** Whether the loop may go on with a step of that lane, at once and in a place of it; if not, the message ends here. */
    boolean moveTo(String name) {
        if (!places.serves(name)) {
            return false;
        }
        Places.OfLane next = places.of(name);
        long now = System.nanoTime();
        if (!next.fits(places.carryOn().toNanos() - (now - begun)) || (next != lane && !next.tryEnter())) {
            return false;
        }
        lane.took(now - entered);
        if (next != lane) {
            lane.leave();
            lane = next;
            onLeaving.run();
        }
        entered = now;
        return true;
    }

    @Override
    public void close() {
        lane.took(System.nanoTime() - entered);
        lane.leave();
    }
}
