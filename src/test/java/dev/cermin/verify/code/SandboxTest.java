package dev.cermin.verify.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cermin.verify.VerifierUnavailableException;
import dev.cermin.verify.code.Finished.Ending;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Looks at the processes and folders of the whole machine. */
@Isolated
class SandboxTest {
    private static final Limits PATIENT = Limits.of(Duration.ofSeconds(60));
    private static final Limits SHORT = Limits.of(Duration.ofSeconds(1));

    /** As an argument of the programs, by which those left behind would be found. */
    private static final String MARK = "987654";

    private List<Path> before = List.of();

    @BeforeEach
    void theMachineConfines() throws IOException {
        assertThat(Sandbox.supported()).returns(true, Sandbox.Support::confines);
        before = folders();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(marked()).isEmpty();
        assertThat(folders()).isSubsetOf(before);
    }

    @Test
    void aProgramIsToldFromItsEnd() {
        Finished finished = run(PATIENT, "cat; echo said; echo wrong >&2; exit 3");

        assertThat(finished).isEqualTo(new Finished(Ending.BY_ITSELF, 3, "said\n", "wrong\n"));
    }

    @Test
    void whatItIsNotShownIsNotThere(@TempDir Path secrets) throws IOException {
        Path secret = Files.writeString(secrets.resolve("secret"), "x");
        Path home = Path.of(System.getProperty("user.home"));

        Finished finished = run(
                PATIENT,
                "for f in /etc/passwd /etc/hosts /proc/1 /sys/class /tmp /var /run /home %s %s %s; do ls -d $f 2>/dev/null; done; ls -A / /dev"
                        .formatted(home, secret, Path.of("").toAbsolutePath()));

        assertThat(finished.output().lines().filter(line -> !line.isEmpty()))
                .isSubsetOf(Stream.of("/: /dev: bin lib lib32 lib64 libx32 sbin usr etc dev input old proc scratch nix "
                                + "null zero random urandom")
                        .flatMap(names -> Stream.of(names.split(" ")))
                        .toList())
                .contains("scratch");
    }

    @Test
    void whatItIsShownCanBeReadAndNotBeChanged(@TempDir Path folder) throws IOException {
        Path shown = Files.writeString(folder.resolve("shown.txt"), "seen");
        // the folder of a test is its user's alone, and the program is another
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Program program = new Program(
                List.of(
                        "sh",
                        "-c",
                        "cat /lent/shown.txt /input/given; for f in /lent/shown.txt /lent/new /input/given"
                                + " /input/new /usr/new /new; do (echo changed > $f) 2>/dev/null && echo wrote $f; done; true"),
                Map.of("given", new byte[] {'!'}),
                Map.of("/lent", folder),
                Map.of(),
                "");

        assertThat(Sandbox.here().run(program, PATIENT).output()).isEqualTo("seen!");
        assertThat(shown).hasContent("seen");
    }

    @Test
    void noVariableOfThisProcessIsSeen() {
        assertThat(System.getenv()).hasSizeGreaterThan(4);

        assertThat(run(PATIENT, "env -u PWD").output().lines())
                .containsExactlyInAnyOrder("PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/scratch", "LANG=C.UTF-8");
    }

    @Test
    void itHasNoRightsAndGetsNone() {
        Finished finished = run(
                PATIENT,
                "setpriv --dump | grep -E 'no_new_privs|bounding'; unshare --user true; mount -t tmpfs x /scratch; kill -9 1; echo on");

        assertThat(finished.output().lines().map(String::strip))
                .containsExactly("no_new_privs: 1", "Capability bounding set: [none]", "on");
    }

    @Test
    void aProgramWithoutEndIsStopped() {
        assertThat(run(SHORT, "sleep " + MARK).ending()).isEqualTo(Ending.TIME);
    }

    @Test
    void whatComputesTooLongIsStoppedWhateverTheClockSays() {
        Limits limits = new Limits(
                Duration.ofSeconds(60), Duration.ofSeconds(1), SHORT.memory(), SHORT.output(), 64, SHORT.scratch());

        assertThat(run(limits, "while :; do :; done").ending()).isEqualTo(Ending.CPU);
    }

    @Test
    void whatItStartedAndLeftBehindEndsWithIt() {
        Finished finished = run(PATIENT, "sleep %s & setsid -f nohup sleep %s; echo done".formatted(MARK, MARK));

        assertThat(finished.ending()).isEqualTo(Ending.BY_ITSELF);
        assertThat(finished.output()).isEqualTo("done\n");
    }

    @Test
    void aForkBombIsHeldAndStopped() {
        Finished finished = run(SHORT, "b() { b %s | b %s & }; b; sleep %s".formatted(MARK, MARK, MARK));

        // a shell that can't fork at its process limit gives up by itself
        assertThat(finished.ending() == Ending.BY_ITSELF ? finished.status() : -1)
                .as(finished.describe(SHORT))
                .isNotZero();
    }

    @Test
    void outputWithoutEndIsStopped() {
        Finished finished = run(PATIENT, "yes " + MARK);

        assertThat(finished.ending()).isEqualTo(Ending.OUTPUT);
        assertThat(finished.output()).hasSize(64 << 10);
        assertThat(finished.describe(PATIENT)).isEqualTo("it printed more than 64 KiB");
    }

    @Test
    void aProcessGetsNoMoreMemoryThanTheLimit() {
        Finished finished = run(PATIENT.withMemory(64 << 20), "head -c 200m /dev/zero | tail -c 200m | wc -c");

        assertThat(finished.errors()).contains("memory exhausted");
        assertThat(finished.output()).isEqualTo("0\n");
    }

    @Test
    void processesTogetherGetNoMoreMemoryThanTheLimit() {
        String holding = "(head -c 40m /dev/zero; sleep %s) | tail -c 40m & ".formatted(MARK);

        Finished finished = run(PATIENT.withMemory(64 << 20), holding.repeat(3) + "wait");

        assertThat(finished.ending()).isEqualTo(Ending.MEMORY);
    }

    @Test
    void filesTogetherGetNoMoreThanTheLimit() {
        Finished finished = run(PATIENT, "for i in 1 2 3; do head -c 40m /dev/zero > $i; done; du -sm . | cut -f1");

        assertThat(finished.errors()).contains("No space left on device");
        assertThat(Integer.parseInt(finished.output().strip())).isLessThanOrEqualTo(64);
    }

    @Test
    void anInterruptedThreadStopsTheProgramAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> run(PATIENT, "sleep " + MARK)).isInstanceOf(VerifierUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aKilledApplicationTakesItsProgramsAlong() throws IOException {
        Process application = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SleepingMain.class.getName(),
                        MARK)
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = application.inputReader()) {
            assertThat(said.readLine()).isEqualTo("runs");
            await().until(() -> marked().anyMatch(line ->
                    line.contains("sleep") && !line.contains("prlimit") && !line.contains("SleepingMain")));
        } finally {
            application.destroyForcibly();
        }

        await().untilAsserted(() -> assertThat(marked()).isEmpty());
        // nobody was left to delete the killed one's files
        List<Path> leftovers = folders();
        leftovers.removeAll(before);
        for (Path leftover : leftovers) {
            deleteAll(leftover);
        }
    }

    @Test
    void whatCanNotBeSetUpIsNotBlamedOnTheProgram() {
        Program program =
                new Program(List.of("true"), Map.of(), Map.of("/lent", Path.of("/is/not/there")), Map.of(), "");

        assertThatThrownBy(() -> Sandbox.here().run(program, PATIENT))
                .isInstanceOf(VerifierUnavailableException.class)
                .hasMessageStartingWith("The sandbox can't be set up: ")
                .hasMessageContaining("/is/not/there");
    }

    private static Finished run(Limits limits, String script) {
        return Sandbox.here().run(new Program("sh", "-c", script), limits);
    }

    private static Stream<String> marked() {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(MARK));
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return temporary
                    .filter(path -> path.getFileName().toString().startsWith("cermin-sandbox-"))
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }
}
