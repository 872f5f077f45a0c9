package dev.cermin.cli;

import dev.cermin.loop.Outcome;
import java.io.PrintStream;
import java.util.UUID;
import picocli.CommandLine.Help.Ansi;

/** A sign of life on standard error while an answer is awaited: on a terminal only, and gone once it is there. */
final class Waiting implements AutoCloseable {
    private static final String CLEAR = "\r\u001B[K";

    private final PrintStream err = System.err;
    private final boolean terminal = Ansi.AUTO.enabled();
    private final long begun = System.nanoTime();
    private long told;

    static Outcome forEnd(GatewayClient client, UUID task) throws InterruptedException {
        try (Waiting waiting = new Waiting()) {
            return client.outcome(task, waiting::tick);
        }
    }

    /** To be called now and then: it tells each second that passed. */
    void tick() {
        long seconds = (System.nanoTime() - begun) / 1_000_000_000;
        if (terminal && seconds > told) {
            told = seconds;
            err.printf("%scermin: waiting for the answer, %d s", CLEAR, seconds);
            err.flush();
        }
    }

    @Override
    public void close() {
        if (told > 0) {
            err.print(CLEAR);
            err.flush();
        }
    }
}
