package dev.cermin.verify.code;

import dev.cermin.verify.VerifierUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Another confinement, for root: first becomes a user that owns nothing, one for each program, so that nothing inside
 * ever was root, and the limit of processes, which does not hold for root, counts this program's alone.
 */
final class AsNobody implements Confinement {
    /** Where nobody's users are: above those of containers, and of 31 bits. */
    private static final int FIRST_USER = 1_900_000_000;

    private static final int USERS = 200_000_000;

    private final Confinement inner;
    private final String script = Confinement.script("stage.sh");

    AsNobody(Confinement inner) {
        this.inner = inner;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public List<String> tools() {
        return Stream.concat(Stream.of("unshare", "mount", "setpriv"), inner.tools().stream())
                .distinct()
                .toList();
    }

    @Override
    public List<String> command(Room room) {
        int user = FIRST_USER + ThreadLocalRandom.current().nextInt(USERS);
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", script, "stage"));
        command.add(room.root().toString());
        Map<String, Path> staged = new LinkedHashMap<>();
        room.shown().forEach((target, source) -> {
            requireForAll(source);
            command.add(source.toString());
            staged.put(target, Path.of("/tmp", String.valueOf(staged.size())));
        });
        command.addAll(List.of("--", "setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"));
        command.add("--inh-caps=-all");
        command.addAll(inner.command(new Room(Path.of("/tmp/root"), staged, room.limits(), room.command())));
        return command;
    }

    private static void requireForAll(Path source) {
        Set<PosixFilePermission> needed = Files.isDirectory(source)
                ? Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE)
                : Set.of(PosixFilePermission.OTHERS_READ);
        try {
            if (Files.getPosixFilePermissions(source).containsAll(needed)) {
                return;
            }
        } catch (IOException e) {
            throw new VerifierUnavailableException("The sandbox can't be set up: there is no " + source, e);
        }
        throw new VerifierUnavailableException(
                "The sandbox can't be set up: programs of root run as another user in it, and not all users can read "
                        + source + ". Let them.");
    }
}
