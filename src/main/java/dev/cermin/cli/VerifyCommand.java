package dev.cermin.cli;

import dev.cermin.store.TraceStore;
import dev.cermin.trace.Chain;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Verification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = {
            "Checks the hash chain of one stored trace, and names the first broken step.",
            "Exit code 0: intact; 1: broken, or not there."
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand extends ServiceCommand {
    @Parameters(paramLabel = "TASK", description = "The task's id")
    private UUID task;

    @Override
    Stores stores() {
        return Stores.POSTGRES;
    }

    /** Postgres only: no port is opened, no message read. */
    static final Map<String, String> STORE_ONLY = Map.of(
            "cermin.roles", "none",
            "quarkus.http.host-enabled", "false",
            "quarkus.log.level", "WARN",
            "cermin.topics.create", "false",
            "quarkus.log.category.\"io.smallrye.reactive.messaging.provider\".level", "ERROR",
            "mp.messaging.incoming.traces.enabled", "false",
            "mp.messaging.outgoing.tasks.enabled", "false",
            "mp.messaging.outgoing.control.enabled", "false",
            "mp.messaging.outgoing.dead-letters.enabled", "false");

    @Override
    Map<String, String> settings() {
        return STORE_ONLY;
    }

    @Override
    public Integer call() {
        List<TraceStep> steps = Services.get(TraceStore.class).steps(task, 0);
        if (steps.isEmpty()) {
            throw new CommandFailure("There is no trace of task %s in this database".formatted(task));
        }
        Verification chain = Chain.verify(steps);
        if (!chain.intact()) {
            System.out.printf("%s: BROKEN at %s%n", task, chain.problem());
            return 1;
        }
        System.out.printf(
                "%s: intact, %d steps%s%s, head %s%n",
                task,
                chain.steps(),
                chain.complete() ? "" : ", unfinished",
                chain.erased() == 0 ? "" : ", %d texts erased".formatted(chain.erased()),
                chain.head());
        return 0;
    }
}
