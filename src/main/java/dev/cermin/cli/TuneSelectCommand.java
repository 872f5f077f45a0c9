package dev.cermin.cli;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.embedded.CerminHome;
import dev.cermin.eval.Carriage;
import dev.cermin.eval.InProcess;
import dev.cermin.json.Json;
import dev.cermin.model.ConfiguredModels;
import dev.cermin.model.ProviderException;
import dev.cermin.tune.Student;
import dev.cermin.tune.score.CannotScoreException;
import dev.cermin.tune.score.ChatFormat;
import dev.cermin.tune.score.Scoring;
import dev.cermin.tune.score.Students;
import dev.cermin.tune.select.OutageException;
import dev.cermin.tune.select.Selection;
import dev.cermin.tune.select.SelectionException;
import dev.cermin.tune.select.Tally;
import dev.cermin.tune.select.Teacher;
import dev.cermin.tune.source.Intake;
import dev.cermin.tune.source.SourceException;
import dev.cermin.verify.VerifierUnavailableException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "select",
        description = {
            "Has a teacher better instruction data or the answers of stored traces, and keeps what a student's scores select.",
            "The same command goes on where an earlier one was ended, and asks and scores nothing twice."
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_LINE,
            ExitCodes.FAILED_LINE,
            ExitCodes.WRONG_LINE,
            "3:done, and no sample is kept"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  cermin tune select --in alpaca.json --teacher large --student small --limit 1000",
            "  cermin tune select --in traces --agent equations --teacher large --student mirror --template own"
        },
        mixinStandardHelpOptions = true)
final class TuneSelectCommand extends ServiceCommand {
    private static final int OVER_KAFKA = 8;

    @Mixin
    private TuneSource source = new TuneSource();

    @Option(names = "--teacher", required = true, paramLabel = "MODEL", description = "The model that betters samples")
    private String teacher;

    @Option(names = "--student", required = true, paramLabel = "MODEL", description = "The model whose scores decide")
    private String student;

    @Option(
            names = "--template",
            paramLabel = "NAME",
            description = "How the student is asked: alpaca, vicuna, wizardlm, own (its chat template), or a text with "
                    + "{{instruction}} and {{input}}; default: ${DEFAULT-VALUE}")
    private String template = "alpaca";

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "Of prompt and text that the student scores; default: ${DEFAULT-VALUE}")
    private int mostTokens = Scoring.MOST_TOKENS;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description =
                    "For all files; default: in the folder tuning of Cermin's home, another for every choice of samples,"
                            + " teacher and student")
    private @Nullable Path out;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Tasks of the teacher under way at a time; default: 1, over Kafka 8")
    private int parallel;

    @Option(
            names = "--outage-after",
            paramLabel = "N",
            description = "So many samples in a row that the teacher or the student fails on end the run; default: 5")
    private @Nullable Integer outageAfter;

    @Option(
            names = "--over-kafka",
            description = "The teacher's tasks are tasks of the services; their traces are stored")
    private boolean overKafka;

    @Option(names = "--json", description = "Prints the counts as JSON")
    private boolean json;

    @Override
    Stores stores() {
        if (overKafka) {
            return Stores.BOTH;
        }
        return source.stored() ? Stores.POSTGRES : Stores.NONE;
    }

    @Override
    Map<String, String> settings() {
        if (overKafka) {
            Map<String, String> settings = new HashMap<>();
            settings.put("quarkus.log.level", "WARN");
            settings.put("quarkus.http.port", String.valueOf(Services.anyPort()));
            return settings;
        }
        Map<String, String> settings = new HashMap<>(source.stored() ? VerifyCommand.STORE_ONLY : EvalCommand.OFFLINE);
        settings.put("quarkus.log.level", "WARN");
        return settings;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return select();
        } catch (OutageException e) {
            throw new CommandFailure(e.getMessage() + ": give the same command again");
        } catch (SourceException
                | SelectionException
                | CannotScoreException
                | ProviderException
                | IllegalArgumentException
                | VerifierUnavailableException
                | UncheckedIOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private int select() throws InterruptedException {
        // what can't be asked or can't score is told before anything is read
        AgentDefinition instructions = agent(Teacher.INSTRUCTIONS);
        String teachers = EvalParts.models(instructions).toString();
        ConfiguredModels models = Services.get(ConfiguredModels.class);
        Student scorer = Students.of(models, student);
        Scoring scoring = new Scoring(scorer, ChatFormat.named(template, scorer), mostTokens);
        String students = TuneStudent.shown(student, models.settings(student), template, mostTokens);
        Intake.Terms terms = source.terms();
        Path folder = folder(terms, teachers, students);
        Intake intake = Intake.of(source.source(), terms, folder);
        if (intake.rejects() > 0) {
            System.err.printf(
                    "cermin: broken records, set aside with lines and reasons: %d, in %s%n",
                    intake.rejects(), folder.resolve("rejects.jsonl"));
        }
        Carriage carriage = overKafka
                ? new KafkaCarriage(folder.resolve("submitted.txt"))
                : new InProcess(EvalParts.agent(instructions));
        Teacher asked = new Teacher(carriage, instructions, agent(Teacher.RESPONSES), teachers);
        Tally tally;
        try (TuneProgress progress = new TuneProgress()) {
            Selection selection = Selection.of(intake.samples(), asked, scoring, students)
                    .in(folder)
                    .parallel(parallel > 0 ? parallel : overKafka ? OVER_KAFKA : 1)
                    .listener(progress);
            tally = (outageAfter == null ? selection : selection.outageAfter(outageAfter)).run();
        }
        System.out.println(json ? TuneSummary.json(intake, tally, folder.toString()) : TuneSummary.text(intake, tally));
        System.err.printf("cermin: selected.jsonl and all else lie in %s%n", folder);
        if (tally.kept() == 0) {
            System.err.println("cermin: no sample is kept; dropped.jsonl has the reason of each");
            return ExitCodes.SHORT;
        }
        return ExitCodes.DONE;
    }

    /** The services' own, else the one that comes along, where their folder has others. */
    private AgentDefinition agent(String name) {
        return Services.get(Agents.class)
                .find(name)
                .orElseGet(() -> Agents.ofClassPath().named(name))
                .on(teacher);
    }

    /** The same for the same selection, so that it goes on there. */
    private Path folder(Intake.Terms terms, String teachers, String students) {
        if (out != null) {
            return out;
        }
        String hash = AgentDefinition.hash(Json.bytes(List.of(
                terms.source(),
                terms.filter().toString(),
                terms.near(),
                terms.limit(),
                teachers,
                students,
                overKafka)));
        return CerminHome.resolve()
                .resolve("tuning")
                .resolve("%s-%s-%s-%s".formatted(source.name(), teacher, student, hash.substring(0, 8)));
    }
}
