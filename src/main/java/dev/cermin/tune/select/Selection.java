package dev.cermin.tune.select;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.json.Json;
import dev.cermin.loop.Task;
import dev.cermin.tune.Decision.Stage;
import dev.cermin.tune.Sample;
import dev.cermin.tune.Selected;
import dev.cermin.tune.lines.Lines;
import dev.cermin.tune.score.Scoring;
import dev.cermin.tune.select.Stages.Instructed;
import dev.cermin.tune.select.Stages.Responded;
import dev.cermin.tune.select.Stages.Scored;
import dev.cermin.tune.source.FolderLock;
import dev.cermin.tune.source.LinesFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Has a teacher better samples, and keeps what a student's scores say is worth it: {@code selected.jsonl} in a folder, and
 * {@code dropped.jsonl} for all others, each with its scores and decisions. Beside them lie the stages' journals and, in
 * {@code traces}, the teacher's tasks.
 *
 * <pre>{@code
 * Tally tally = Selection.of(samples, teacher, scoring, "mirror, alpaca").in(Path.of("out")).run();
 * }</pre>
 *
 * <p>It can be ended at any time: the same selection in the same folder goes on, and nothing that was written down is asked
 * or scored again. One thread at a time; the teacher may be asked by several.
 */
public final class Selection {
    private final List<Sample> samples;
    private final Teacher teacher;
    private final Scorer scorer;
    private final String student;
    private int parallel = 1;
    private @Nullable Integer outage;
    private Path folder = Path.of("selection");
    private SelectionListener listener = SelectionListener.NONE;
    private Clock clock = Clock.systemUTC();

    private Selection(List<Sample> samples, Teacher teacher, Scoring scoring, String student) {
        this.samples = List.copyOf(samples);
        this.teacher = teacher;
        this.scorer = new Scorer(scoring);
        this.student = student;
        requireIds(this.samples);
    }

    /**
     * A selection among these samples.
     *
     * @param scoring by the student
     * @param student which one it is and how it is asked, to tell one selection from another
     * @throws IllegalArgumentException where two samples have the same id
     */
    public static Selection of(List<Sample> samples, Teacher teacher, Scoring scoring, String student) {
        return new Selection(samples, teacher, scoring, student);
    }

    /** Default {@code selection}. */
    public Selection in(Path ofItsFiles) {
        folder = ofItsFiles;
        return this;
    }

    /** Default 1: tasks of the teacher under way at a time. */
    public Selection parallel(int tasks) {
        if (tasks < 1) {
            throw new IllegalArgumentException("At least 1 task is under way at a time, not " + tasks);
        }
        parallel = tasks;
        return this;
    }

    /**
     * Default 5, or all where there are fewer: so many samples in a row that the teacher, or the student, fails on are an
     * outage. Where fewer fail, what was there is kept for them, or they are unscored. A student that is away, refuses the
     * key or the rate is an outage at once.
     */
    public Selection outageAfter(int inARow) {
        if (inARow < 1) {
            throw new IllegalArgumentException("An outage is 1 failed sample or more, not " + inARow);
        }
        outage = inARow;
        return this;
    }

    /** Default: nobody is told. */
    public Selection listener(SelectionListener told) {
        listener = told;
        return this;
    }

    /** Default the system's: for when it began. */
    public Selection clock(Clock own) {
        clock = own;
        return this;
    }

    /**
     * Blocks until every sample is decided.
     *
     * @throws OutageException where teacher or student don't answer any more; the same selection goes on from there
     * @throws SelectionException where the folder has another selection, or can't be written
     * @throws dev.cermin.tune.source.SourceException where another run is at work in the folder
     */
    @SuppressWarnings("try")
    public Tally run() throws InterruptedException {
        try (FolderLock held = FolderLock.of(folder)) {
            return stages();
        }
    }

    private Tally stages() throws InterruptedException {
        Stages stages = new Stages(folder, terms());
        pass(
                "student on samples",
                samples,
                stages.scored,
                false,
                sample -> new Scored(sample.id(), scorer.ifd(sample)));
        List<Sample> scored = those(stages::isScored);
        ask("teacher on instructions", scored, stages.instructionsAsked, stages, Stage.INSTRUCTION);
        pass("student on instructions", scored, stages.instructed, true, sample -> instructed(sample, stages));
        List<Sample> both = those(stages::isScoredBothWays);
        ask("teacher on responses", both, stages.responsesAsked, stages, Stage.RESPONSE);
        pass("student on responses", both, stages.responded, true, sample -> responded(sample, stages));
        return write(stages);
    }

    private List<Sample> those(Predicate<Sample> that) {
        return samples.stream().filter(that).toList();
    }

    /** @param answers whether the student is known to */
    private <T extends Journal.Line> void pass(
            String name, List<Sample> all, Journal<T> journal, boolean answers, Function<Sample, T> work)
            throws InterruptedException {
        begin(name, all, journal);
        HeldBack<T> lines = new HeldBack<>(outage, answers || any(all, journal), line -> add(journal, line));
        for (Sample sample : all) {
            if (journal.of(sample.id()) != null) {
                continue;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("Ended at sample " + sample.id());
            }
            T line = work.apply(sample);
            String failure = scorer.failure();
            if (failure == null) {
                lines.succeeded(line);
            } else if (Thread.interrupted()) {
                throw new InterruptedException("Ended at sample " + sample.id());
            } else {
                lines.failed(line, "sample %s: %s".formatted(sample.id(), failure));
            }
        }
        lines.end();
    }

    private static boolean any(List<Sample> all, Journal<?> journal) {
        return all.stream().anyMatch(sample -> journal.of(sample.id()) != null);
    }

    private void ask(String name, List<Sample> all, Journal<Asked> journal, Stages stages, Stage stage)
            throws InterruptedException {
        begin(name, all, journal);
        boolean first = stage == Stage.INSTRUCTION;
        AgentDefinition agent = first ? teacher.instructions() : teacher.responses();
        Function<String, Reply> reading = first ? Reply::ofInstruction : Reply::ofResponse;
        Path traces = folder.resolve("traces");
        HeldBack<Asked> answers = new HeldBack<>(outage, any(all, journal), asked -> add(journal, asked));
        try (Asking asking = new Asking(parallel, answers)) {
            for (Sample sample : all) {
                if (journal.of(sample.id()) != null) {
                    continue;
                }
                Sample current = first ? sample : stages.afterInstruction(sample);
                // the task is made when its turn comes, as its time counts from then
                asking.submit(() ->
                        teacher.ask(agent, task(agent, current, stage, stages.terms()), sample.id(), reading, traces));
            }
            asking.finish();
        }
    }

    private <T extends Journal.Line> void add(Journal<T> journal, T line) {
        journal.add(line);
        listener.done();
    }

    private void begin(String name, List<Sample> all, Journal<?> journal) {
        int before = (int)
                all.stream().filter(sample -> journal.of(sample.id()) != null).count();
        listener.begun(name, all.size(), before);
    }

    private static Task task(AgentDefinition agent, Sample sample, Stage stage, Terms terms) {
        String name = "%s %s %s".formatted(terms.run(), stage, sample.id());
        return new Task(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                agent.name(),
                Teacher.question(sample),
                Map.of("sample", sample.id()),
                Task.DEFAULT_TENANT,
                0,
                // the agent's time-out counts from here
                Clock.systemUTC().instant(),
                null);
    }

    private Instructed instructed(Sample sample, Stages stages) {
        Sides before = Stages.required(stages.scored.of(sample.id())).ifd();
        Asked asked = Stages.required(stages.instructionsAsked.of(sample.id()));
        Sample other = asked.applied(sample);
        if (asked.fault() != null) {
            return new Instructed(
                    sample.id(),
                    null,
                    scorer.rifd(sample),
                    Rules.kept(Stage.INSTRUCTION, asked.fault(), before.ratio()));
        }
        Sides after = scorer.ifd(other);
        var decision = Rules.instruction(before, after);
        return new Instructed(sample.id(), after, scorer.rifd(decision.taken() ? other : sample), decision);
    }

    private Responded responded(Sample sample, Stages stages) {
        Sides before = Stages.required(stages.instructed.of(sample.id())).rifd();
        Asked asked = Stages.required(stages.responsesAsked.of(sample.id()));
        if (asked.fault() != null) {
            return new Responded(sample.id(), null, null, Rules.kept(Stage.RESPONSE, asked.fault(), before.ratio()));
        }
        Sample other = asked.applied(stages.afterInstruction(sample));
        Sides after = scorer.rifd(other);
        var decision = Rules.response(before, after);
        return new Responded(sample.id(), after, decision.taken() ? scorer.ifd(other) : null, decision);
    }

    private Tally write(Stages stages) {
        Counting counts = new Counting(stages);
        try (LinesFile selected = new LinesFile(folder.resolve("selected.jsonl"));
                LinesFile dropped = new LinesFile(folder.resolve("dropped.jsonl"))) {
            for (Sample sample : samples) {
                Selected one = stages.selected(sample);
                counts.add(one);
                (one.kept() ? selected : dropped).add(Lines.text(one));
            }
            dropped.commit();
            selected.commit();
        }
        return counts.tally();
    }

    private Terms terms() {
        return new Terms(
                AgentDefinition.hash(Json.bytes(samples)),
                teacher.model(),
                teacher.instructions().hash() + " " + teacher.responses().hash(),
                student,
                teacher.carriage().name(),
                Instant.ofEpochMilli(clock.millis()));
    }

    private static void requireIds(List<Sample> samples) {
        Set<String> ids = new HashSet<>();
        for (Sample sample : samples) {
            if (!ids.add(sample.id())) {
                throw new IllegalArgumentException(
                        "Two samples have the id '%s'; each needs one of its own".formatted(sample.id()));
            }
        }
    }
}
