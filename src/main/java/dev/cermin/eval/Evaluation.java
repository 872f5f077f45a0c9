package dev.cermin.eval;

import dev.cermin.Agent;
import dev.cermin.agent.AgentDefinition;
import dev.cermin.loop.Task;
import dev.cermin.trace.TraceStep;
import dev.cermin.verify.VerifierUnavailableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks an agent the items of a suite, and keeps what comes of each.
 *
 * <pre>{@code
 * Suite suite = Suites.named("gsm8k").read(Path.of("data/gsm8k"));
 * Results results = Evaluation.of(suite, agent).against(Method.SELF_CONSISTENCY).in(Path.of("run.jsonl")).run();
 * System.out.println(Report.of(results).text());
 * }</pre>
 *
 * <p>With a file it can be ended at any time: the same run goes on at the last item that is done, and asks none twice. One
 * thread at a time; a run may itself use several.
 */
public final class Evaluation {
    /** How an item stops that can't be asked, or whose answer can't be scored. */
    static final String UNSCORED = "unscored";

    private final Suite suite;
    private final AgentDefinition agent;
    private final Carriage carriage;
    private EnumSet<Method> methods = EnumSet.of(Method.REFLECTION);
    private Map<String, String> models = Map.of();
    private double temperature = 0.7;
    private @Nullable Long seed;
    private int parallel = 1;
    private @Nullable Integer outage;
    private @Nullable Path file;
    private EvaluationListener listener = EvaluationListener.NONE;
    private Clock clock = Clock.systemUTC();

    private Evaluation(Suite suite, AgentDefinition agent, Carriage carriage) {
        this.suite = suite;
        this.agent = agent;
        this.carriage = carriage;
    }

    /** In this process. */
    public static Evaluation of(Suite suite, Agent agent) {
        return new Evaluation(suite, agent.definition(), new InProcess(agent));
    }

    /** By another carriage. */
    public static Evaluation of(Suite suite, AgentDefinition agent, Carriage carriage) {
        return new Evaluation(suite, agent, carriage);
    }

    /** Default: none but the single shot, which is part of reflection. Baselines are asked after reflection. */
    public Evaluation against(Method... baselines) {
        methods = EnumSet.of(Method.REFLECTION, baselines);
        return this;
    }

    /** Default: none are named; by role, for the report and to tell one run from another. */
    public Evaluation models(Map<String, String> byRole) {
        models = Map.copyOf(byRole);
        return this;
    }

    /** Default 0.7: of the drafts of baselines; 0 to 2. */
    public Evaluation temperature(double ofSamples) {
        if (!(ofSamples >= 0 && ofSamples <= 2)) {
            throw new IllegalArgumentException("A temperature is from 0 to 2, not " + ofSamples);
        }
        temperature = ofSamples;
        return this;
    }

    /** Default: none, and 0 for the drafts of baselines. */
    public Evaluation seed(@Nullable Long first) {
        seed = first;
        return this;
    }

    /** Default 1: items under way at a time. */
    public Evaluation parallel(int items) {
        if (items < 1) {
            throw new IllegalArgumentException("At least 1 item is under way at a time, not " + items);
        }
        parallel = items;
        return this;
    }

    /**
     * Default 5, or all where there are fewer: so many items that fail in a row are an outage, and end the run. Given more,
     * they count as wrong.
     */
    public Evaluation outageAfter(int items) {
        if (items < 1) {
            throw new IllegalArgumentException("An outage is 1 failed item or more, not " + items);
        }
        outage = items;
        return this;
    }

    /** Default: in memory only; JSON Lines. */
    public Evaluation in(Path journal) {
        file = journal;
        return this;
    }

    /** Default: nobody is told. */
    public Evaluation listener(EvaluationListener told) {
        listener = told;
        return this;
    }

    /**
     * Blocks until every item is done.
     *
     * @throws OutageException where no model answers any more; the same run goes on from there
     * @throws JournalException where the file is another run's, or can't be written
     */
    public Results run() throws InterruptedException {
        RunInfo info = info();
        Journal journal = file == null ? Journal.none(info) : Journal.open(file, info);
        String run = journal.info().started() + " " + journal.info().fingerprint();
        int asked = suite.items().size() * methods.size();
        int before = (int) suite.items().stream()
                .mapToLong(item -> methods.stream()
                        .filter(method -> journal.done(item.id(), method) != null)
                        .count())
                .sum();
        listener.begun(asked, before);
        for (Method method : methods) {
            pass(method, journal, run);
        }
        return new Results(journal.info(), results(journal));
    }

    private void pass(Method method, Journal journal, String run) throws InterruptedException {
        Baselines baselines = new Baselines(agent, temperature);
        double drafts = method == Method.REFLECTION ? 1 : baselines.drafts(method, reflections(journal));
        try (Items items = new Items(parallel, outage, method, journal, listener)) {
            for (int i = 0; i < suite.items().size(); i++) {
                Item item = suite.items().get(i);
                if (journal.done(item.id(), method) != null) {
                    continue;
                }
                long first = (seed == null ? 0 : seed) + 1000L * i;
                AgentDefinition asked = method == Method.REFLECTION ? agent : baselines.of(method, drafts, i, first);
                items.submit(item, () -> answered(item, asked, method, run));
            }
            items.finish();
        }
    }

    private Answered answered(Item item, AgentDefinition asked, Method method, String run) throws InterruptedException {
        try {
            return scored(item, method, carriage.carry(asked, task(item, asked, method, run)));
        } catch (IllegalArgumentException e) {
            return new Answered(
                    id(item, method, run), UNSCORED, "", null, List.of(), "It can't be asked: " + e.getMessage());
        }
    }

    private static Answered scored(Item item, Method method, List<TraceStep> trace) throws InterruptedException {
        try {
            return method == Method.SELF_CONSISTENCY
                    ? TraceReading.majority(trace, item.scorer())
                    : TraceReading.answer(trace, item.scorer());
        } catch (VerifierUnavailableException e) {
            // no fault of the item's: the run can go on where code can be confined again
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            UUID task = trace.getFirst().taskId();
            return new Answered(task, UNSCORED, "", null, List.of(), "Its answer can't be scored: " + e);
        }
    }

    private static UUID id(Item item, Method method, String run) {
        return UUID.nameUUIDFromBytes((run + " " + method + " " + item.id()).getBytes(StandardCharsets.UTF_8));
    }

    private Task task(Item item, AgentDefinition asked, Method method, String run) {
        Map<String, String> metadata = new HashMap<>(item.metadata());
        metadata.putAll(Map.of("evaluation", suite.name(), "item", item.id(), "method", method.label()));
        Instant now = Instant.ofEpochMilli(clock.millis());
        return new Task(id(item, method, run), asked.name(), item.input(), metadata, Task.DEFAULT_TENANT, 0, now, null);
    }

    private List<Answered> reflections(Journal journal) {
        List<Answered> all = new ArrayList<>();
        for (Item item : suite.items()) {
            Answered answered = journal.done(item.id(), Method.REFLECTION);
            if (answered != null) {
                all.add(answered);
            }
        }
        return all;
    }

    private List<ItemResult> results(Journal journal) {
        List<ItemResult> results = new ArrayList<>();
        for (Item item : suite.items()) {
            Map<Method, Answered> by = new EnumMap<>(Method.class);
            for (Method method : methods) {
                Answered answered = journal.done(item.id(), method);
                if (answered != null) {
                    by.put(method, answered);
                }
            }
            if (!by.isEmpty()) {
                results.add(new ItemResult(item.id(), item.category(), item.input(), item.gold(), by));
            }
        }
        return results;
    }

    private RunInfo info() {
        return new RunInfo(
                suite.name(),
                suite.source(),
                suite.prompting(),
                suite.items().size(),
                suite.fingerprint(),
                agent.name() + "@" + agent.version(),
                agent.hash(),
                models,
                carriage.name(),
                List.copyOf(methods),
                seed,
                methods.size() == 1 ? null : Double.valueOf(temperature),
                Instant.ofEpochMilli(clock.millis()));
    }
}
