package dev.cermin.cli;

import dev.cermin.integrity.ErasureRecord;
import dev.cermin.integrity.Erasures;
import dev.cermin.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "erase",
        description = {
            "Erases texts of ended tasks for good: of one, or all that contain a person's name or address.",
            "Their hashes stay, so ./cermin verify holds, and a record says what was erased, by whom and why."
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.DONE_LINE, "1:failed, or --yes is missing", ExitCodes.WRONG_LINE},
        mixinStandardHelpOptions = true)
final class EraseCommand extends ServiceCommand {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TASK", arity = "0..1", description = "The task's id")
    private @Nullable UUID task;

    @Option(
            names = "--text",
            paramLabel = "NAME",
            description = "prompt, response, thinking, output or findings; 3:output for that of step 3; default: all")
    private List<String> texts = List.of();

    @Option(
            names = "--person",
            paramLabel = "TEXT",
            description = "All texts that contain this, in whatever case: lists them, and erases them with --yes")
    private @Nullable String person;

    @Option(names = "--yes", description = "With --person: erases what is listed")
    private boolean yes;

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "WHY",
            description = "Kept with the record for good, so it names nobody")
    private String reason = "";

    @Option(names = "--by", paramLabel = "WHO", description = "Kept with the record; default: the user of this machine")
    private String by = System.getProperty("user.name");

    @Option(names = "--json", description = "Prints JSON")
    private boolean json;

    @Override
    Stores stores() {
        return Stores.POSTGRES;
    }

    @Override
    Map<String, String> settings() {
        return VerifyCommand.STORE_ONLY;
    }

    @Override
    public Integer call() {
        if ((task == null) == (person == null)) {
            throw new ParameterException(spec.commandLine(), "One of these is expected: TASK or --person");
        }
        if (person != null && !texts.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--person finds the texts itself; leave out --text");
        }
        try {
            return task != null ? one(task, texts) : byPerson(String.valueOf(person));
        } catch (Erasures.RefusedException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private int one(UUID id, List<String> names) {
        tell(Services.get(Erasures.class).erase(id, names, by, reason).stream().toList());
        return ExitCodes.DONE;
    }

    private int byPerson(String identifier) {
        Erasures erasures = Services.get(Erasures.class);
        Map<UUID, List<String>> found = erasures.containing(identifier);
        if (!yes) {
            if (json) {
                System.out.println(Json.text(found));
            } else {
                found.forEach((id, names) -> System.out.printf("%s: %s%n", id, String.join(", ", names)));
            }
            if (found.isEmpty()) {
                System.err.println("cermin: no text contains that");
                return ExitCodes.DONE;
            }
            System.err.printf("cermin: nothing is erased yet; --yes erases these texts of %d tasks%n", found.size());
            return ExitCodes.FAILED;
        }
        List<ErasureRecord> records = new ArrayList<>();
        int refused = 0;
        for (Map.Entry<UUID, List<String>> each : found.entrySet()) {
            try {
                Optional<ErasureRecord> record = erasures.erase(each.getKey(), each.getValue(), by, reason);
                record.ifPresent(records::add);
            } catch (Erasures.RefusedException e) {
                refused++;
                System.err.println("cermin: " + e.getMessage());
            }
        }
        tell(records);
        return refused == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private void tell(List<ErasureRecord> records) {
        if (json) {
            System.out.println(Json.text(records));
            return;
        }
        records.forEach(record -> System.out.printf(
                "%s: %d texts erased, record %d%n",
                record.task(), record.texts().size(), record.id()));
        if (records.isEmpty()) {
            System.err.println("cermin: there was nothing to erase");
        }
    }
}
