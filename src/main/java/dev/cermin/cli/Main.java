package dev.cermin.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The entry of {@code ./cermin}. Exit codes: 0 done, 1 failed, 2 called wrongly, as picocli has them. */
@QuarkusMain
@Command(
        name = "cermin",
        description = "Agents that generate, reflect and correct.",
        mixinStandardHelpOptions = true,
        version = "cermin 0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            ModelsCommand.class,
            VerifyCommand.class,
            EvalCommand.class,
            PlanCommand.class,
            BenchCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "./cermin test runs all tests, ./cermin jmh measures the loop, ./cermin build builds.",
            "Data lies in ~/.cermin, or in CERMIN_HOME."
        })
public final class Main implements Runnable {
    private final CommandLine commandLine = new CommandLine(this);

    public static void main(String... args) {
        // help and wrong calls are answered at once, before anything is started
        CommandLine commandLine = new CommandLine(new Main());
        ParseResult parsed;
        try {
            parsed = commandLine.parseArgs(args);
        } catch (ParameterException e) {
            System.exit(commandLine.execute(args));
            return;
        }
        while (parsed.hasSubcommand() && !parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested()) {
            parsed = parsed.subcommand();
        }
        Object command = parsed.commandSpec().userObject();
        if (command instanceof ServiceCommand service
                && !parsed.isUsageHelpRequested()
                && !parsed.isVersionHelpRequested()) {
            Launch.run(service, args);
        } else {
            System.exit(commandLine.execute(args));
        }
    }

    @Override
    public void run() {
        commandLine.usage(System.out);
    }
}
