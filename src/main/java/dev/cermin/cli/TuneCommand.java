package dev.cermin.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "tune",
        description = "Makes sets to tune a model on, and writes them for the trainers that people use.",
        subcommands = {TuneCollectCommand.class, TuneSelectCommand.class, TuneExportCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class TuneCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
