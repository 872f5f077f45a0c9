package dev.cermin.verify.code;

import dev.cermin.verify.VerifierUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What this machine has to confine programs with; tried with a program that looks for ways out.
 *
 * @param confinement null where there is none
 * @param reason why there is none, and what to do; else what does it
 */
record Machine(@Nullable Confinement confinement, String reason) {
    private static final String LOOK_FOR_WAYS_OUT = """
            [ ! -e /etc/passwd ] && [ ! -e /proc/self ] && [ ! -e /sys/class ] && [ ! -e /home ] || exit 11
            touch /written 2> /dev/null && exit 12
            touch /usr/written 2> /dev/null && exit 13
            unshare --user true 2> /dev/null && exit 14
            touch /scratch/written || exit 15
            """;

    private static final String REMEDY = """
            On Linux, let programs create user namespaces (sysctl kernel.unprivileged_userns_clone=1 and \
            kernel.apparmor_restrict_unprivileged_userns=0; for a container, a seccomp profile that lets unshare and \
            mount through), have util-linux and coreutils, or install bubblewrap 0.8 or newer.""";

    private static volatile @Nullable Machine here;

    /** Looked at when first asked for, and again as long as it does not do. */
    static Machine here() {
        Machine known = here;
        if (known == null || known.confinement() == null) {
            known = look();
            here = known;
        }
        return known;
    }

    Confinement confinementOrThrow() {
        if (confinement == null) {
            throw new VerifierUnavailableException(reason);
        }
        return Objects.requireNonNull(confinement);
    }

    private static Machine look() {
        String system = System.getProperty("os.name", "");
        if (!system.toLowerCase(Locale.ROOT).contains("linux")) {
            return new Machine(null, "Programs can be confined on Linux only, and this is " + system + ". " + REMEDY);
        }
        if (!ProcessTree.isVisible()) {
            return new Machine(
                    null, "This kernel does not tell the children of a process (CONFIG_PROC_CHILDREN). " + REMEDY);
        }
        List<String> reasons = new ArrayList<>();
        for (Confinement plain : List.of(new Bubblewrap(), new Unshare())) {
            Confinement confinement = isRoot() ? new AsNobody(plain) : plain;
            String fault = fault(confinement);
            if (fault.isEmpty()) {
                return new Machine(confinement, "Programs are confined by " + confinement.name());
            }
            reasons.add(confinement.name() + ": " + fault);
        }
        return new Machine(null, "This machine can't confine programs: " + String.join("; ", reasons) + ". " + REMEDY);
    }

    /** Why it does not do; empty if it does. */
    private static String fault(Confinement confinement) {
        List<String> missing = confinement.tools().stream()
                .filter(tool -> Confinement.find(tool).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            return "there is no " + String.join(", ", missing);
        }
        try {
            Finished trial = new Sandbox(confinement)
                    .run(new Program("sh", "-c", LOOK_FOR_WAYS_OUT), Limits.of(Duration.ofSeconds(30)));
            return switch (trial.status()) {
                case 0 -> "";
                case 11, 12, 13, 14 -> "a trial program found a way out of it (%d)".formatted(trial.status());
                default -> "a trial program failed: %s %s".formatted(trial.ending(), trial.errors());
            };
        } catch (VerifierUnavailableException e) {
            return e.getMessage();
        }
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
