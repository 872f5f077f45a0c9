package dev.cermin.verify.code;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cermin.verify.VerifierUnavailableException;
import dev.cermin.verify.code.Finished.Ending;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs that nobody has read. Each runs in namespaces of its own, on Linux: it sees {@code /usr}, the system's
 * libraries and what it is {@linkplain Program#shown() shown}, all read-only, and a scratch folder in memory; no
 * {@code /proc}, no {@code /etc}, no variable of this process, and no network but at most a loopback of its own. It has
 * no right that a user without any would lack. When it ends, or a limit ends it, all that it has started is killed, and
 * its files are gone.
 *
 * <p>Where the machine can't do that, nothing is run: {@link #supported()} says why. The kernel is the wall; a program
 * that breaks the kernel is out. Not counted as memory are files in memory that are mapped nowhere, and not shut off are
 * sockets between virtual machines and their hosts (vsock). Thread-safe.
 */
public final class Sandbox {
    private static final Duration SET_UP = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 25;
    /** Of a process that SIGXCPU ended. */
    private static final int CPU_STATUS = 128 + 24;

    private final Confinement confinement;

    Sandbox(Confinement confinement) {
        this.confinement = confinement;
    }

    /**
     * Whether this machine can confine programs.
     *
     * @param reason why it can't, and what to do about it; else what confines them
     */
    public record Support(boolean confines, String reason) {}

    /** Tried once with a real program: some tenths of a second. */
    public static Support supported() {
        Machine machine = Machine.here();
        return new Support(machine.confinement() != null, machine.reason());
    }

    /** @throws VerifierUnavailableException where this machine can't confine programs */
    public static Sandbox here() {
        return new Sandbox(Machine.here().confinementOrThrow());
    }

    /**
     * Blocks until the program has ended and nothing of it is left.
     *
     * @throws VerifierUnavailableException where the sandbox can't be set up, or the thread is interrupted (which it then
     *     still is); the program has not run, or not to its end
     */
    public Finished run(Program program, Limits limits) {
        try (Workplace workplace = new Workplace(program)) {
            Output output = new Output(workplace.folder(), limits.output());
            ProcessBuilder builder =
                    new ProcessBuilder(output.around(confinement.command(workplace.room(program, limits))));
            builder.directory(workplace.folder().toFile());
            builder.environment().clear();
            builder.environment().put("PATH", String.join(":", Confinement.FOLDERS));
            builder.environment().put("LANG", "C.UTF-8");
            output.redirect(builder);
            Process process = Starter.start(builder);
            try (OutputStream input = process.getOutputStream()) {
                input.write(program.input().getBytes(UTF_8));
            } catch (IOException e) {
                // it has ended already, which is told below
            }
            return watch(process, output, limits);
        } catch (IOException e) {
            throw new VerifierUnavailableException("The sandbox can't be set up: " + e, e);
        }
    }

    private static Finished watch(Process process, Output output, Limits limits) throws IOException {
        ProcessTree tree = new ProcessTree(process);
        Ending ending = Ending.BY_ITSELF;
        try {
            long since = System.nanoTime();
            boolean ready = false;
            while (ending == Ending.BY_ITSELF && !process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (!ready && output.isReady()) {
                    ready = true;
                    since = System.nanoTime();
                }
                if (System.nanoTime() - since > (ready ? limits.wallClock() : SET_UP).toNanos()) {
                    ending = Ending.TIME;
                } else if (output.isTooMuch()) {
                    ending = Ending.OUTPUT;
                } else if (tree.memory() > limits.memory()) {
                    ending = Ending.MEMORY;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VerifierUnavailableException("Interrupted while a program ran in the sandbox", e);
        } finally {
            tree.kill();
        }
        if (!output.isReady()) {
            String why =
                    ending == Ending.TIME ? "it took too long" : output.errors().strip();
            throw new VerifierUnavailableException("The sandbox can't be set up: " + why);
        }
        if (ending == Ending.BY_ITSELF) {
            ending = output.isTooMuch()
                    ? Ending.OUTPUT
                    : process.exitValue() == CPU_STATUS ? Ending.CPU : Ending.BY_ITSELF;
        }
        return new Finished(ending, process.exitValue(), output.output(), output.errors());
    }
}
