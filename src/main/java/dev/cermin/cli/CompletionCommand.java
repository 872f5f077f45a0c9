package dev.cermin.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = {"Prints a script that completes commands and options, for bash or zsh."},
        footer = {
            "",
            "In ~/.bashrc or ~/.zshrc:  source <(./cermin completion)",
            "It completes for 'cermin', however that is called by its path."
        },
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
    enum Shell {
        bash,
        zsh
    }

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "SHELL",
            description = "${COMPLETION-CANDIDATES}; one script serves both. Default: ${DEFAULT-VALUE}")
    private Shell shell = Shell.bash;

    @Override
    public Integer call() {
        System.out.printf("# In ~/.%src: source <(cermin completion %s)%n", shell, shell);
        System.out.print(AutoComplete.bash("cermin", spec.root().commandLine()));
        System.out.flush();
        return ExitCodes.DONE;
    }
}
