package dev.cermin.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The parent's end of the child JVM: its process and the lines it says. */
final class ChildJvm {
    private static final Duration LAST_RESORT = Duration.ofSeconds(5);
    private static final Set<String> JVM_OPTIONS = Set.of("_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");
    // nohup's way: the child ignores Ctrl-C and hang-ups of the terminal, and ends only with its parent
    private static final String IGNORE_SIGNALS = "trap '' INT TERM HUP; exec \"$@\"";

    private final Path home;
    private final Process process;
    private final BlockingQueue<Optional<Message.Received>> said = new LinkedBlockingQueue<>();

    private ChildJvm(Path home, Process process) {
        this.home = home;
        this.process = process;
    }

    static ChildJvm launch(Path home, StoresRequest request) throws IOException {
        ChildClassPath classPath = ChildClassPath.find(request.postgres(), request.kafka());
        Path logs = FileTrees.createPrivate(home.resolve("logs"));
        FileTrees.createPrivate(home.resolve("cache"));
        Path log = logs.resolve("stores.log");
        FileTrees.rollLog(log);
        FileTrees.rollLog(logs.resolve("postgres.log"));
        ProcessBuilder builder = new ProcessBuilder(command(home, classPath))
                .directory(home.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // settings meant for the application's JVM or for somebody's Postgres client would reach the stores
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || JVM_OPTIONS.contains(name));
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        ChildJvm child = new ChildJvm(home, builder.start());
        Thread reader = new Thread(child::read, "cermin-stores");
        reader.setDaemon(true);
        reader.start();
        Writer toChild = child.process.outputWriter(UTF_8);
        toChild.write(request.format());
        toChild.flush();
        return child;
    }

    private static List<String> command(Path home, ChildClassPath classPath) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", IGNORE_SIGNALS, "cermin-stores"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xms32m", "-Xmx256m", "-Xss512k", "-XX:+UseSerialGC", "-XX:ReservedCodeCacheSize=64m"));
        // a third less time to start and a seventh less memory; its throughput is Kafka's least worry on one machine
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of("-XX:-UsePerfData", "-Xlog:disable", "-Xlog:all=error:stderr"));
        if (classPath.isJarsOnly()) {
            // relative to the home: the option would split a path at its colons
            command.add("-XX:+AutoCreateSharedArchive");
            command.add("-XX:SharedArchiveFile=cache/stores-" + Runtime.version() + ".jsa");
        }
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow"); // Kafka unmaps its indexes that way
        }
        command.addAll(List.of("-Dslf4j.provider=" + StoresLog.class.getName(), "-Dslf4j.internal.verbosity=WARN"));
        command.add("-Dlog4j2.StatusLogger.level=OFF"); // only its API is there, which Kafka asks for levels
        command.addAll(List.of("-cp", classPath.toString(), StoresMain.class.getName(), home.toString()));
        return command;
    }

    Process process() {
        return process;
    }

    /** The next thing the child says; empty if it has ended or says nothing for that long. */
    Optional<Message.Received> next(Duration patience) throws InterruptedException {
        Optional<Message.Received> next = said.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return next == null ? Optional.empty() : next;
    }

    /** Ends the child in order by closing its input, and by force, with its Postgres, after {@code patience}. */
    void stop(Duration patience) throws IOException, InterruptedException {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // it has ended already: a closed pipe is what this is about
        }
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            process.waitFor(LAST_RESORT.toMillis(), TimeUnit.MILLISECONDS);
        }
        Postmaster.ofHome(home).kill();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Message.parse(line).ifPresent(message -> said.add(Optional.of(message)));
            }
        } catch (IOException e) {
            // the pipe of a killed child: its end is told below
        }
        said.add(Optional.empty());
    }
}
