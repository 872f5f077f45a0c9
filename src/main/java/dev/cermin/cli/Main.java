package dev.cermin.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The entry of {@code ./cermin}. Exit codes: {@link ExitCodes}. */
@QuarkusMain
@Command(
        name = "cermin",
        description = "Agents that generate, reflect and correct.",
        mixinStandardHelpOptions = true,
        version = "cermin 0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            AskCommand.class,
            AgentsCommand.class,
            ModelsCommand.class,
            ServeCommand.class,
            SubmitCommand.class,
            StatusCommand.class,
            TracesCommand.class,
            VerifyCommand.class,
            RetentionCommand.class,
            EraseCommand.class,
            ReplayCommand.class,
            ForkCommand.class,
            DeadLettersCommand.class,
            KeysCommand.class,
            EvalCommand.class,
            TuneCommand.class,
            PlanCommand.class,
            BenchCommand.class,
            FaultsCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_LINE,
            "1:failed; the last line on standard error says why",
            ExitCodes.WRONG_LINE,
            "3:done, but what came of it falls short: an answer that isn't accepted, an evaluation under --fail-under"
        },
        footer = {
            "",
            "./cermin COMMAND --help tells more. Start with ./cermin demo.",
            "./cermin test runs all tests, ./cermin jmh measures the loop, ./cermin build builds.",
            "Data lies in ~/.cermin, or in CERMIN_HOME."
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setExecutionExceptionHandler((error, command, parsed) -> {
            if (error instanceof CommandFailure failure) {
                System.err.println("cermin: " + failure.getMessage());
                return ExitCodes.FAILED;
            }
            throw error;
        });
        commandLine.setParameterExceptionHandler(WrongCalls::told);
        commandLine.registerConverter(UUID.class, WrongCalls::task);
        return CommandGroups.grouped(commandLine);
    }

    public static void main(String... args) {
        // help and wrong calls are answered at once, before anything is started
        CommandLine commandLine = commandLine();
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
        spec.commandLine().usage(System.out);
    }
}
