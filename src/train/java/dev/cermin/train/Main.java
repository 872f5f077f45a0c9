package dev.cermin.train;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry of {@code ./cermin train}. Exit codes: 0 done, 1 failed, 2 called wrongly, as picocli has them. */
@Command(
        name = "cermin train",
        description = "Trains the bundled model, measures it, and writes it for the engines.",
        mixinStandardHelpOptions = true,
        subcommands = {
            RunCommand.class,
            MeasureCommand.class,
            ExportCommand.class,
            ProveCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {"", "Without a subcommand: run."})
final class Main implements Runnable {
    private Main() {}

    public static void main(String... args) {
        boolean run = args.length == 0 || (args[0].startsWith("--") && !args[0].equals("--help"));
        String[] all = args;
        if (run) {
            all = new String[args.length + 1];
            all[0] = "run";
            System.arraycopy(args, 0, all, 1, args.length);
        }
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> {
                    if (!(failure instanceof IllegalArgumentException) && !(failure instanceof java.io.IOException)) {
                        throw failure;
                    }
                    commandLine.getErr().println("cermin: " + failure.getMessage());
                    return 1;
                })
                .execute(all));
    }

    @Override
    public void run() {
        new CommandLine(this).usage(System.out);
    }
}
