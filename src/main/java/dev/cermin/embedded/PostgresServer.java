package dev.cermin.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Postgres on 127.0.0.1, its data under {@code HOME/postgres}. It is driven by {@code pg_ctl}, which gives the server a
 * session of its own: Ctrl-C at the terminal must not stop the store before the application.
 */
final class PostgresServer {
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration OLD_SESSIONS = Duration.ofSeconds(15);
    private static final long POLL_MILLIS = 15;

    /** Sizes, written once into postgresql.conf, where they can be changed. */
    private static final List<String> INITIAL_SETTINGS = List.of(
            "max_connections=50",
            // taken as it fills; a smaller one writes pages of the search's index again and again
            "shared_buffers=256MB",
            "max_wal_size=2GB",
            "io_method=sync",
            "jit=off",
            "wal_level=minimal",
            "max_wal_senders=0",
            "max_logical_replication_workers=0",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_checkpoints=off");

    private final Path home;
    private final Path bin;
    private final Path log;
    private final Postmaster postmaster;

    private PostgresServer(Path home, Path bin) {
        this.home = home;
        this.bin = bin;
        this.log = home.resolve("logs").resolve("postgres.log");
        this.postmaster = Postmaster.ofHome(home);
    }

    /** Stops a server that an earlier run left behind. Only the holder of the home's lock may do so. */
    static void stopLeftOver(Path home, Consumer<String> progress) throws IOException, InterruptedException {
        Postmaster postmaster = Postmaster.ofHome(home);
        if (postmaster.process().isPresent()) {
            progress.accept("Stopping a Postgres that an earlier run left behind");
            postmaster.stop();
        }
        postmaster.disownStalePid();
    }

    /** Starts the server and returns when it takes connections. */
    static void start(Path home, int port, Consumer<String> progress) throws IOException, InterruptedException {
        Path folder = FileTrees.createPrivate(home.resolve("postgres"));
        PostgresServer server = new PostgresServer(
                home, PostgresBinaries.unpack(folder, progress).resolve("bin"));
        if (Files.notExists(server.postmaster.data().resolve("PG_VERSION"))) {
            progress.accept("Creating the database");
            server.initialise(folder);
        }
        PostgresAccess.createServicesPassword(home);
        long end = System.nanoTime() + OLD_SESSIONS.toNanos();
        long logged = server.logSize();
        while (!server.tryStart(port)) {
            // sessions of a killed server notice its death within moments
            boolean oldSessions = server.logSince(logged).contains("pre-existing shared memory block");
            if (!oldSessions || System.nanoTime() > end) {
                throw server.failure("Postgres did not start", logged);
            }
            logged = server.logSize();
            Thread.sleep(10 * POLL_MILLIS);
        }
    }

    private void initialise(Path folder) throws IOException, InterruptedException {
        Path fresh = folder.resolve("data.new");
        FileTrees.delete(fresh);
        List<String> command = command("initdb");
        command.addAll(List.of("-D", fresh.toString(), "-U", PostgresAccess.USER, "-E", "UTF8", "--no-instructions"));
        command.addAll(List.of("-A", "scram-sha-256", "--pwfile=" + PostgresAccess.createPassword(home)));
        // no locale of the machine: an upgrade of its C library must not reorder indexes
        command.addAll(List.of("--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        for (String setting : INITIAL_SETTINGS) {
            command.add("--set=" + setting);
        }
        long logged = logSize();
        if (launch(command).waitFor() != 0) {
            throw failure("Postgres could not create its data folder", logged);
        }
        // only complete data gets the name
        Files.move(fresh, postmaster.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private boolean tryStart(int port) throws IOException, InterruptedException {
        // unlike sizes these are part of what Cermin promises, so they are not left to postgresql.conf
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories="
                + " -c fsync=on -c synchronous_commit=on -c full_page_writes=on";
        List<String> command = command("pg_ctl");
        command.addAll(List.of("start", "-w", "-s", "-t", Long.toString(START.toSeconds())));
        command.addAll(List.of("-D", postmaster.data().toString(), "-l", log.toString(), "-o", options));
        List<String> before = postmaster.pidFile();
        Process control = launch(command);
        while (!postmaster.isReady(before)) {
            if (control.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return control.exitValue() == 0;
            }
        }
        return true;
    }

    private List<String> command(String program) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("unshare", "-U")); // Postgres refuses root: to it this is an ordinary user
        }
        command.add(bin.resolve(program).toString());
        return command;
    }

    private Process launch(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private boolean isRoot() throws IOException {
        return Files.getFileStore(home).supportsFileAttributeView("unix")
                && Integer.valueOf(0).equals(Files.getAttribute(home.resolve("stores.pid"), "unix:uid"));
    }

    private long logSize() throws IOException {
        return Files.exists(log) ? Files.size(log) : 0;
    }

    private String logSince(long position) throws IOException {
        byte[] all = Files.readAllBytes(log);
        int from = (int) Math.min(position, all.length);
        return new String(all, from, all.length - from, UTF_8);
    }

    private StoresException failure(String what, long logged) throws IOException {
        String said = logSince(logged).strip();
        String advice = isRoot()
                ? " Postgres cannot run as root, and this machine may not allow the user namespace that gets around"
                        + " that (unshare -U): run as another user."
                : "";
        return new StoresException(what + ": " + (said.isEmpty() ? "it said nothing" : said) + "\nIts log is " + log
                + "." + advice + " A Postgres of your own can serve instead: set quarkus.datasource.jdbc.url.");
    }
}
