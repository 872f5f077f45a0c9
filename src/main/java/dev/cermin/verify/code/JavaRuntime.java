package dev.cermin.verify.code;

import dev.cermin.verify.VerifierUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/**
 * The JDK that this runs on, as the sandbox sees it: at {@code /jdk}, whatever folder it is in.
 *
 * @param home where it is on this machine
 * @param configuration folders of {@code /etc} that distributions keep a part of it in
 */
record JavaRuntime(Path home, List<Path> configuration) {
    private static final String INSIDE = "/jdk";
    private static final String HARNESS = "dev/cermin/verify/code/inside/";
    /** The classes of {@code inside}, which travel as a file of the program. */
    private static final List<String> CLASSES = List.of(
            "JavaHarness",
            "Finding",
            "Source",
            "ClassFiles",
            "ClassFiles$Written",
            "ClassFiles$Loader",
            "SourceCompiler",
            "TestRun",
            "MainRun",
            "Failures");

    /** @throws VerifierUnavailableException where this JVM has no compiler */
    static JavaRuntime here() {
        if (ModuleFinder.ofSystem().find("jdk.compiler").isEmpty()) {
            throw new VerifierUnavailableException("To compile answers, a JDK is needed, and "
                    + System.getProperty("java.home") + " is a Java runtime without a compiler. Run on a JDK.");
        }
        List<Path> configuration = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("/etc"), "java*")) {
            found.forEach(configuration::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new JavaRuntime(Path.of(System.getProperty("java.home")), configuration);
    }

    /**
     * Compiles and tests what is in the files, with that class path.
     *
     * @param main of the harness: none, or the class whose main method tests, and its seconds
     */
    Program program(Map<String, byte[]> files, List<Path> classPath, List<String> main, Limits limits, String secret) {
        Map<String, byte[]> all = new HashMap<>(files);
        all.put("harness.jar", harness());
        Map<String, Path> shown = new LinkedHashMap<>();
        configuration.forEach(folder -> shown.put(folder.toString(), folder));
        shown.put(INSIDE, home);
        List<String> seen = new ArrayList<>();
        for (Path path : classPath) {
            String inside = "/classpath/%d/%s".formatted(seen.size(), path.getFileName());
            shown.put(inside, path);
            seen.add(inside);
        }
        String compiled = String.join(":", seen);
        List<String> command = new ArrayList<>(List.of(INSIDE + "/bin/java", "-ea", "-Xmx" + limits.memory() / 2));
        command.addAll(List.of("-XX:MaxMetaspaceSize=" + limits.memory() / 4, "-XX:ReservedCodeCacheSize=64m"));
        // the quick compiler alone: half the time until the tests have run
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        command.add("-XX:+DisableAttachMechanism");
        command.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
        command.addAll(List.of("-Djava.io.tmpdir=" + Program.SCRATCH, "-Duser.home=" + Program.SCRATCH));
        command.addAll(List.of("-cp", Program.INPUT + "/harness.jar:" + compiled));
        command.addAll(List.of("dev.cermin.verify.code.inside.JavaHarness", Program.INPUT, compiled));
        command.addAll(main);
        // the JDK finds its own libraries by /proc, which the program does not have
        return new Program(command, all, shown, Map.of("LD_LIBRARY_PATH", INSIDE + "/lib"), secret);
    }

    private static byte[] harness() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            for (String name : CLASSES) {
                String path = HARNESS + name + ".class";
                try (InputStream from = JavaRuntime.class.getClassLoader().getResourceAsStream(path)) {
                    if (from == null) {
                        throw new IllegalStateException("Cermin's jar lacks " + path);
                    }
                    jar.putNextEntry(new ZipEntry(path));
                    from.transferTo(jar);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
