package dev.cermin.verify.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** With bwrap, from 0.8.0: it works where only it is let create namespaces, too. */
final class Bubblewrap implements Confinement {
    private static final List<String> SYSTEM = List.of(
            "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store", "/etc/ld.so.cache", "/etc/alternatives");

    @Override
    public String name() {
        return "bwrap";
    }

    @Override
    public List<String> tools() {
        return List.of("bwrap", "prlimit", "timeout");
    }

    @Override
    public List<String> command(Room room) {
        List<String> command = new ArrayList<>(List.of("bwrap", "--unshare-all", "--unshare-user", "--disable-userns"));
        command.addAll(List.of("--new-session", "--cap-drop", "ALL", "--hostname", "sandbox"));
        // the first process of the namespace is then the guard, as with unshare: when it ends, all end
        command.addAll(List.of("--die-with-parent", "--as-pid-1"));
        for (String path : SYSTEM) {
            if (Files.isSymbolicLink(Path.of(path))) {
                command.addAll(List.of("--symlink", target(path), path));
            } else {
                command.addAll(List.of("--ro-bind-try", path, path));
            }
        }
        room.shown().forEach((target, source) -> command.addAll(List.of("--ro-bind", source.toString(), target)));
        for (String device : List.of("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")) {
            command.addAll(List.of("--dev-bind", device, device));
        }
        command.addAll(List.of("--size", String.valueOf(room.limits().scratch()), "--tmpfs", Program.SCRATCH));
        command.addAll(List.of("--remount-ro", "/", "--chdir", Program.SCRATCH, "--"));
        command.addAll(Confinement.guard(room.limits()));
        command.addAll(room.command());
        return command;
    }

    private static String target(String link) {
        try {
            return Files.readSymbolicLink(Path.of(link)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
