package dev.cermin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout of its own, whose path has a space, with stubs for the JDKs and for Maven. */
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "sh",
            "sed",
            "head",
            "tail",
            "find",
            "dirname",
            "readlink",
            "mkdir",
            "rm",
            "mv",
            "cat",
            "sleep",
            "date",
            "grep",
            "touch");

    @TempDir
    Path folder;

    private Path checkout;
    private Path jvms;
    private Path tools;
    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void lay() throws IOException {
        checkout = Files.createDirectories(folder.resolve("a checkout"));
        jvms = Files.createDirectories(folder.resolve("jvms"));
        tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(tools.resolve(tool), find(tool));
        }
        Files.copy(Path.of("cermin"), checkout.resolve("cermin"));
        executable(checkout.resolve("cermin"));
        Files.createDirectories(checkout.resolve("src/main"));
        Files.writeString(checkout.resolve("src/main/A.java"), "");
        Files.writeString(checkout.resolve("pom.xml"), "");
        script(
                checkout.resolve("mvnw"),
                "echo \"maven $JAVA_HOME $*\" >>maven.calls",
                "echo '[INFO] --- compiler:3.14.1:compile (default-compile) @ cermin ---'",
                "sleep \"${MAVEN_SECONDS:-0}\"",
                "[ -z \"${MAVEN_FAILS:-}\" ] || { seq=0; while [ $seq -lt 60 ]; do seq=$((seq + 1)); echo line $seq.; done; exit 7; }",
                "mkdir -p target/quarkus-app",
                ": >target/quarkus-app/quarkus-run.jar");
        environment.put("PATH", tools.toString());
        environment.put("HOME", folder.toString());
        environment.put("CERMIN_HOME", folder.resolve("home").toString());
        environment.put("CERMIN_JVM_DIRS", jvms + ":" + folder.resolve("no such folder"));
    }

    @Test
    void theNewestJdkIsTakenWhereJavaHomeIsTooOld() throws Exception {
        jdk(jvms.resolve("jdk-21"), "21.0.4");
        Path newest = jdk(jvms.resolve("jdk-25"), "25.0.1");
        jdk(jvms.resolve("jdk-9"), "9.0.4");
        environment.put("JAVA_HOME", jdk(folder.resolve("old"), "17.0.15").toString());
        Run run = cermin("demo", "two words");
        assertThat(run.exit()).isZero();
        assertThat(run.error())
                .contains("JAVA_HOME is " + folder.resolve("old"))
                .contains("17.0.15");
        assertThat(run.output())
                .contains("home " + newest)
                .contains(
                        "[-jar] [" + checkout.toRealPath() + "/target/quarkus-app/quarkus-run.jar] [demo] [two words]")
                .contains("[--add-modules] [jdk.incubator.vector] [--enable-native-access=ALL-UNNAMED] [-Xmx384m]")
                .containsPattern("\\[-XX:SharedArchiveFile=\\Q" + folder.resolve("home/cache/cermin-25.0.1-")
                        + "\\E[0-9]{14}-commands\\.jsa]");
    }

    @Test
    void servicesKeepClassesOfTheirOwnAndThoseOfEarlierBuildsGo() throws Exception {
        jdk(jvms.resolve("jdk-25"), "25.0.1");
        Path cache = Files.createDirectories(folder.resolve("home/cache"));
        Path earlier = Files.writeString(cache.resolve("cermin-25.0.1-20200101000000-services.jsa"), "");
        Files.writeString(cache.resolve("stores-25.jsa"), "");
        assertThat(cermin("help").exit()).isZero();
        String build = DateTimeFormatter.ofPattern("yyyyMMddHHmmss")
                .withZone(ZoneId.systemDefault())
                .format(Files.getLastModifiedTime(checkout.resolve("target/quarkus-app/quarkus-run.jar"))
                        .toInstant());
        Path commands = Files.writeString(cache.resolve("cermin-25.0.1-" + build + "-commands.jsa"), "");

        assertThat(cermin("serve").output())
                .contains("[-XX:SharedArchiveFile=" + cache.resolve("cermin-25.0.1-" + build + "-services.jsa") + "]");
        assertThat(earlier).doesNotExist();
        assertThat(commands).exists();
        assertThat(cache.resolve("stores-25.jsa")).exists();
    }

    @Test
    void javaHomeIsTakenWhereItIsNewEnough() throws Exception {
        jdk(jvms.resolve("jdk-25"), "25.0.1");
        Path given = jdk(folder.resolve("given jdk"), "21");
        environment.put("JAVA_HOME", given.toString());
        environment.put("CERMIN_JAVA_OPTS", "-Xmx2g -Da=b");
        Run run = cermin();
        assertThat(run.output())
                .contains("home " + given)
                .contains("[-Xmx2g] [-Da=b]")
                .endsWith("[help]\n");
    }

    @Test
    void aRuntimeWithoutCompilerIsSkippedAndSaid() throws Exception {
        Path jre = jdk(jvms.resolve("jre-25"), "25.0.1");
        Files.delete(jre.resolve("bin/javac"));
        Path jdk = jdk(jvms.resolve("jdk-21"), "21.0.4");
        Run run = cermin("help");
        assertThat(run.output()).contains("home " + jdk);
        assertThat(run.error()).contains("skipping " + jre).contains("without javac");
    }

    @Test
    void aJdkOnThePathWillDo() throws Exception {
        Path jdk = jdk(folder.resolve("elsewhere"), "22-ea");
        Files.createSymbolicLink(tools.resolve("java"), jdk.resolve("bin/java"));
        assertThat(cermin("help").output()).contains("home " + jdk.toRealPath());
    }

    @Test
    void withoutAJdkItSaysWhatWasLookedAtWhatWasFoundAndWhatToDo() throws Exception {
        jdk(jvms.resolve("jdk-17"), "17.0.15");
        Path versionOnlyWhenRun = jdk(jvms.resolve("jdk-8"), "1.8.0_392");
        Files.delete(versionOnlyWhenRun.resolve("release"));
        Run run = cermin("demo");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.output()).isEmpty();
        assertThat(run.error())
                .contains("no JDK 21 or newer was found")
                .contains(jvms.toString())
                .contains("no such folder")
                .contains("jdk-17: 17.0.15, too old")
                .contains("jdk-8: 1.8.0_392, too old")
                .contains("apt-get install openjdk-21-jdk")
                .contains("set JAVA_HOME");
    }

    @Test
    void itRunsThroughALinkFromAnyFolder() throws Exception {
        jdk(jvms.resolve("jdk-25"), "25.0.1");
        Path elsewhere = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(elsewhere.resolve("cm"), Path.of("../a checkout/cermin"));
        Run run = run(elsewhere, List.of("./cm", "help"));
        assertThat(run.output())
                .contains("in " + elsewhere.toRealPath())
                .contains("[" + checkout.toRealPath() + "/target/quarkus-app/quarkus-run.jar] [help]");
    }

    @Test
    void itBuildsOnlyWhenASourceIsNewer() throws Exception {
        jdk(jvms.resolve("jdk-25"), "25.0.1");
        age(checkout.resolve("src"), checkout.resolve("src/main"), checkout.resolve("src/main/A.java"));
        age(checkout.resolve("pom.xml"));
        assertThat(cermin("help").error()).contains("built in");
        cermin("help");
        assertThat(builds())
                .hasSize(1)
                .first()
                .asString()
                .endsWith("-B package -Dmaven.test.skip=true -Dspotless.check.skip=true");
        Files.createDirectories(checkout.resolve("prompts"));
        Files.setLastModifiedTime(
                checkout.resolve("prompts"), FileTime.from(Instant.now().plusSeconds(5)));
        cermin("help");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void aFailedBuildShowsTheEndOfItsLogAndPassesItsExitCodeOn() throws Exception {
        jdk(jvms.resolve("jdk-25"), "25.0.1");
        environment.put("MAVEN_FAILS", "yes");
        Run run = cermin("demo");
        assertThat(run.exit()).isEqualTo(7);
        assertThat(run.error())
                .contains("line 60.")
                .contains("line 21.")
                .doesNotContain("line 20.")
                .contains(checkout.toRealPath() + "/target/cermin-build.log");
        environment.remove("MAVEN_FAILS");
        assertThat(cermin("demo").exit()).as("no lock is left").isZero();
    }

    @Test
    void twoAtOnceBuildOnceAndALockLeftByAKilledOneIsNoObstacle() throws Exception {
        jdk(jvms.resolve("jdk-25"), "25.0.1");
        age(checkout.resolve("src"), checkout.resolve("src/main"), checkout.resolve("src/main/A.java"));
        age(checkout.resolve("pom.xml"));
        Path lock = Files.createDirectories(checkout.resolve("target/cermin-build.lock"));
        Files.writeString(lock.resolve("pid"), Integer.MAX_VALUE + "\n");
        environment.put("MAVEN_SECONDS", "2");
        List<Process> both = new ArrayList<>();
        for (int i : IntStream.range(0, 2).toArray()) {
            both.add(start(checkout, List.of("./cermin", "help"), folder.resolve("run" + i)));
        }
        for (Process process : both) {
            assertThat(process.waitFor()).isZero();
        }
        assertThat(builds()).hasSize(1);
        assertThat(lock).doesNotExist();
    }

    @Test
    void testRunsMavenOnThatJdkAndPassesArgumentsAndExitCodeOn() throws Exception {
        Path jdk = jdk(jvms.resolve("jdk-25"), "25.0.1");
        Run run = cermin("test", "-Dtest=A");
        assertThat(run.exit()).isZero();
        assertThat(run.output()).contains("compiler:3.14.1");
        assertThat(builds()).containsExactly("maven " + jdk + " -B -ntp verify -Dtest=A");
        environment.put("MAVEN_FAILS", "yes");
        assertThat(cermin("test").exit()).isEqualTo(7);
    }

    @Test
    void jmhBuildsItsProfileAndPassesArgumentsOn() throws Exception {
        Path jdk = jdk(jvms.resolve("jdk-25"), "25.0.1");
        Files.createDirectories(checkout.resolve("target"));
        Files.writeString(checkout.resolve("target/jmh-classpath.txt"), "/a.jar:/b.jar");
        Run run = cermin("jmh", "-f", "2");
        assertThat(run.exit()).isZero();
        assertThat(builds())
                .containsExactly(
                        "maven " + jdk + " -B -Pjmh test-compile -Dmaven.test.skip=true -Dspotless.check.skip=true");
        String target = checkout.toRealPath() + "/target/";
        assertThat(run.output())
                .contains("[-cp] [" + target + "jmh-classes:" + target
                        + "classes:/a.jar:/b.jar] [dev.cermin.jmh.Main] [-f] [2]");
        assertThat(checkout.resolve("target/cermin-build.lock")).doesNotExist();
    }

    @Test
    void benchBuildsThePeersWhereTheyAreAskedFor() throws Exception {
        Path jdk = jdk(jvms.resolve("jdk-25"), "25.0.1");
        Files.createDirectories(checkout.resolve("target"));
        Files.writeString(checkout.resolve("target/peers-classpath.txt"), "/a.jar:/b.jar");
        Run peers = cermin("bench", "peers", "--loops", "9");
        assertThat(peers.exit()).isZero();
        assertThat(builds())
                .containsExactly(
                        "maven " + jdk + " -B package -Dmaven.test.skip=true -Dspotless.check.skip=true",
                        "maven " + jdk + " -B -Ppeers test-compile -Dmaven.test.skip=true -Dspotless.check.skip=true");
        String target = checkout.toRealPath() + "/target/";
        assertThat(peers.output())
                .contains("[-Dcermin.root=" + checkout.toRealPath() + "]")
                .contains("[-cp] [" + target + "peers-classes:" + target
                        + "classes:/a.jar:/b.jar] [dev.cermin.peers.Main] [peers] [--loops] [9]");

        assertThat(cermin("bench", "--loops", "9").output()).contains("quarkus-run.jar] [bench] [--loops] [9]");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void aHomeThatCannotBeWrittenToIsNoObstacle() throws Exception {
        jdk(jvms.resolve("jdk-25"), "25.0.1");
        environment.put("CERMIN_HOME", Files.writeString(folder.resolve("file"), "") + "/home");
        Run run = cermin("help");
        assertThat(run.exit()).isZero();
        assertThat(run.output()).doesNotContain("SharedArchiveFile");
        assertThat(run.error()).doesNotContain("mkdir");
    }

    private record Run(int exit, String output, String error) {}

    private Run cermin(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("./cermin"));
        command.addAll(List.of(arguments));
        return run(checkout, command);
    }

    private Run run(Path directory, List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("run");
        int exit = start(directory, command, output).waitFor();
        return new Run(exit, Files.readString(output), Files.readString(folder.resolve("run.err")));
    }

    private Process start(Path directory, List<String> command, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(new File(output + ".err"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(checkout.resolve("maven.calls"), UTF_8);
    }

    private static Path jdk(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Stub\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(
                home.resolve("bin/java"),
                "if [ \"$1\" = -version ]; then echo 'openjdk version \"" + version + "\" 2024-01-01' >&2; exit; fi",
                "echo \"home $JAVA_HOME\"",
                "echo \"in $(pwd -P)\"",
                "for argument; do line=\"${line:+$line }[$argument]\"; done",
                "echo \"$line\"");
        script(home.resolve("bin/javac"), "exit 0");
        return home;
    }

    private static void script(Path path, String... lines) throws IOException {
        Files.writeString(path, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        executable(path);
    }

    private static void executable(Path path) {
        assertThat(path.toFile().setExecutable(true)).isTrue();
    }

    private static void age(Path... paths) throws IOException {
        for (Path path : paths) {
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(60)));
        }
    }

    private static Path find(String tool) {
        for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(directory, tool))) {
                return Path.of(directory, tool);
            }
        }
        throw new AssertionError("This test needs " + tool + " on the PATH");
    }
}
