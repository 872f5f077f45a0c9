package dev.cermin.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child JVM: starts the stores, says so over standard output, and stops them when its standard input closes, which
 * happens however the parent ends.
 */
final class StoresMain {
    /** Less than the parent waits, so that the stores are ended in order even when one hangs. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(12);

    private static final Logger LOG = LoggerFactory.getLogger(StoresMain.class);

    private final Path home;
    private final PrintStream parent;
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    // held in a field for life: a lock whose channel is collected as garbage is released
    private Optional<HomeLock> lock = Optional.empty();
    private volatile KafkaNode kafka;

    private StoresMain(Path home, PrintStream parent) {
        this.home = home;
        this.parent = parent;
    }

    public static void main(String[] args) throws Exception {
        // standard output speaks to the parent: whatever a library prints goes to the log
        PrintStream parent = new PrintStream(System.out, true, UTF_8);
        System.setOut(System.err);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        StoresMain main = new StoresMain(Path.of(args[0]), parent);
        StoresRequest request = StoresRequest.read(in);
        daemon("parent-watch", () -> main.watch(in)).start();
        System.exit(main.run(request));
    }

    private int run(StoresRequest request) {
        int exit = 0;
        try {
            lock = HomeLock.acquire(home, request.owner());
            if (lock.isEmpty()) {
                HomeLock.throwIfOwned(home);
                throw new StoresException("Another process holds the lock " + home.resolve("stores.lock")
                        + ". End it, or set CERMIN_HOME to another folder.");
            }
            start(request);
            say(Message.READY, "");
            stopAsked.await();
        } catch (Throwable e) {
            LOG.error("The stores end", e);
            exit = 1;
            sayFailed(e);
        }
        stop(lock.isPresent() && request.postgres());
        return exit;
    }

    private void start(StoresRequest request) throws Throwable {
        if (request.postgres()) {
            PostgresServer.stopLeftOver(home, this::progress);
        }
        Ports ports = Ports.choose(home, request);
        FutureTask<Void> postgresStart = new FutureTask<>(() -> startPostgres(request, ports));
        daemon("postgres-start", postgresStart).start();
        FutureTask<Void> kafkaStart = new FutureTask<>(() -> startKafka(request, ports));
        kafkaStart.run();
        Throwable failure = failureOf(postgresStart);
        Throwable second = failureOf(kafkaStart);
        if (failure != null && second != null) {
            failure.addSuppressed(second);
        }
        if (failure != null || second != null) {
            throw failure != null ? failure : second;
        }
    }

    private Void startPostgres(StoresRequest request, Ports ports) throws IOException, InterruptedException {
        if (request.postgres()) {
            long begin = System.nanoTime();
            PostgresServer.start(home, ports.postgres(), this::progress);
            Postmaster.ofHome(home)
                    .process()
                    .ifPresent(server -> daemon("postgres-watch", () -> {
                                server.onExit().join();
                                postgresEnded();
                            })
                            .start());
            say(Message.POSTGRES, ports.postgres() + " " + millisSince(begin));
        }
        return null;
    }

    private Void startKafka(StoresRequest request, Ports ports) throws Exception {
        if (request.kafka()) {
            long begin = System.nanoTime();
            kafka = KafkaNode.start(home, ports, request, System.err);
            say(Message.KAFKA, ports.kafka() + " " + millisSince(begin));
        }
        return null;
    }

    private static Throwable failureOf(FutureTask<Void> start) throws InterruptedException {
        try {
            start.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    private void postgresEnded() {
        if (stopAsked.getCount() > 0) {
            System.err.println("Postgres has ended unexpectedly; see "
                    + home.resolve("logs").resolve("postgres.log"));
            stopAsked.countDown();
        }
    }

    private void watch(BufferedReader in) {
        try {
            while (in.readLine() != null) {
                // the parent has no more to say
            }
        } catch (IOException e) {
            LOG.warn("The parent's pipe broke: as good as closed", e);
        }
        stopAsked.countDown();
        try {
            Thread.sleep(STOP_LIMIT.toMillis());
            LOG.error("The stores did not stop within {} s: ending them", STOP_LIMIT.toSeconds());
            Postmaster.ofHome(home).kill();
        } catch (InterruptedException | IOException e) {
            LOG.error("Postgres could not be ended", e);
        } finally {
            Runtime.getRuntime().halt(2);
        }
    }

    private void stop(boolean withPostgres) {
        FutureTask<Void> postgresStop = new FutureTask<>(() -> {
            if (withPostgres) {
                Postmaster.ofHome(home).stop();
            }
            return null;
        });
        daemon("postgres-stop", postgresStop).start();
        try {
            if (kafka != null) {
                kafka.stop();
            }
            postgresStop.get();
        } catch (InterruptedException | ExecutionException | RuntimeException e) {
            LOG.error("The stores did not stop in order", e);
        }
    }

    private void progress(String text) {
        say(Message.PROGRESS, text);
    }

    private void sayFailed(Throwable failure) {
        if (failure instanceof HomeInUseException inUse) {
            say(Message.HOME_IN_USE, Long.toString(inUse.pid()));
        } else if (failure instanceof PortInUseException inUse) {
            say(Message.PORT_IN_USE, inUse.port() + " " + inUse.purpose());
        } else if (failure instanceof StoresException) {
            say(Message.FAILED, failure.getMessage());
        } else {
            say(Message.FAILED, failure.toString());
        }
    }

    private void say(Message message, String detail) {
        parent.println(message.line(detail));
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private static long millisSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
