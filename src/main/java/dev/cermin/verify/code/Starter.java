package dev.cermin.verify.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * Starts processes from a thread that lives as long as the JVM: they are made to end with the thread that started them,
 * and the one under a virtual thread may end at any time.
 */
final class Starter {
    private static final Executor THREAD = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("cermin-sandbox-starter").factory());

    private Starter() {}

    /** Not interruptible: a process that has started must not get lost. */
    static Process start(ProcessBuilder builder) throws IOException {
        try {
            return CompletableFuture.supplyAsync(() -> started(builder), THREAD).join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static Process started(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
