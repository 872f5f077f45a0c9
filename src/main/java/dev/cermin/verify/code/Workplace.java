package dev.cermin.verify.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A program's files on this machine: a folder in the temporary folder that only this user can enter; deleted at the end. */
final class Workplace implements AutoCloseable {
    private final Path folder;

    Workplace(Program program) throws IOException {
        folder = Files.createTempDirectory("cermin-sandbox-");
        Files.createDirectory(root());
        Files.createDirectory(input());
        for (Map.Entry<String, byte[]> file : program.files().entrySet()) {
            Path path = Files.write(input().resolve(file.getKey()), file.getValue());
            // inside, it is another user's
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--r--r--"));
        }
        Files.setPosixFilePermissions(input(), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Path folder() {
        return folder;
    }

    /** What is run: the program behind its limits. */
    Confinement.Room room(Program program, Limits limits) {
        Map<String, Path> shown = new LinkedHashMap<>(program.shown());
        shown.put(Program.INPUT, input());
        List<String> command = new ArrayList<>(List.of("prlimit", "--core=0", "--nofile=256"));
        command.add("--cpu=%d:%d".formatted(limits.cpuSeconds(), limits.cpuSeconds() + 1));
        command.add("--data=" + limits.memory());
        command.add("--nproc=" + limits.processes());
        command.add("--fsize=" + limits.scratch());
        command.addAll(List.of("--", "env", "-i", "PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8"));
        command.add("HOME=" + Program.SCRATCH);
        program.environment().forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(program.command());
        return new Confinement.Room(root(), shown, limits, Output.inside(command));
    }

    @Override
    public void close() {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path root() {
        return folder.resolve("root");
    }

    private Path input() {
        return folder.resolve("input");
    }
}
