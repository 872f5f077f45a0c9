package dev.cermin.verify.code;

import java.util.ArrayList;
import java.util.List;

/** With util-linux alone, which every distribution has. */
final class Unshare implements Confinement {
    private static final List<String> NAMESPACES = List.of(
            // ends with this JVM
            "setpriv",
            "--pdeathsig=KILL",
            "unshare",
            "--user",
            "--map-root-user",
            "--mount",
            "--pid",
            "--net",
            "--ipc",
            "--uts",
            "--cgroup",
            "--fork",
            // killing it kills the first process of the namespace, and with that all of them
            "--kill-child=KILL");

    private final String script = Confinement.script("confine.sh");

    @Override
    public String name() {
        return "unshare";
    }

    @Override
    public List<String> tools() {
        return List.of("unshare", "mount", "umount", "pivot_root", "chroot", "setpriv", "prlimit", "timeout");
    }

    @Override
    public List<String> command(Room room) {
        List<String> command = new ArrayList<>(NAMESPACES);
        command.addAll(Confinement.guard(room.limits()));
        command.addAll(List.of("sh", "-c", script, "confine"));
        command.add(room.root().toString());
        command.add(String.valueOf(room.limits().scratch()));
        room.shown().forEach((target, source) -> {
            command.add(source.toString());
            command.add(target);
        });
        command.add("--");
        command.addAll(room.command());
        return command;
    }
}
