package dev.cermin.cli;

import dev.cermin.store.Retention;
import dev.cermin.store.Retention.Dropped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "retention",
        description = {
            "Drops traces older than they are to be kept, as recorders do every hour: whole partitions, and their tasks.",
            "How long that is: cermin.tenant-defaults.retention, cermin.tenants.NAME.retention; default for good."
        },
        mixinStandardHelpOptions = true)
final class RetentionCommand extends ServiceCommand {
    @Option(names = "--dry-run", description = "Only tells what would go")
    private boolean dryRun;

    @Override
    Stores stores() {
        return Stores.POSTGRES;
    }

    @Override
    Map<String, String> settings() {
        return VerifyCommand.STORE_ONLY;
    }

    @Override
    public Integer call() throws SQLException {
        Retention retention = Services.get(Retention.class);
        if (!retention.isLimited()) {
            System.out.println(
                    "Everything is kept for good; cermin.tenant-defaults.retention=90d would say for how long");
            return 0;
        }
        if (dryRun) {
            List<Dropped> due = retention.due(Instant.now());
            due.forEach(RetentionCommand::say);
            System.out.printf(
                    "%d steps would go%n",
                    due.stream().mapToLong(Dropped::steps).sum());
            return 0;
        }
        long tasks = retention.run(Instant.now(), RetentionCommand::say);
        System.out.printf("%d tasks went%n", tasks);
        return 0;
    }

    private static void say(Dropped dropped) {
        System.out.printf(
                "%s  %s to %s  %d steps%s%n",
                dropped.part(),
                dropped.from() == null ? "any time" : dropped.from(),
                dropped.to(),
                dropped.steps(),
                dropped.kept() == 0 ? "" : "; %d of unfinished tasks stay".formatted(dropped.kept()));
    }
}
