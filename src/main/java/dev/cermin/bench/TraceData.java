package dev.cermin.bench;

import dev.cermin.json.Json;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Plan;
import dev.cermin.loop.Stop;
import dev.cermin.loop.StopReason;
import dev.cermin.loop.Task;
import dev.cermin.trace.Chain;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.Texts;
import dev.cermin.trace.TraceHead;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Tracer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Traces as loops leave them, made up: some 6 steps each, of several agents, models and tenants, some of which are much
 * more frequent than others. Not thread-safe.
 */
final class TraceData {
    private static final StopReason[] OTHERS = {
        StopReason.ROUNDS, StopReason.ROUNDS, StopReason.ROUNDS, StopReason.NO_PROGRESS, StopReason.NO_PROGRESS,
        StopReason.OSCILLATION, StopReason.BUDGET, StopReason.DEADLINE, StopReason.CANCELLED, StopReason.FAILED
    };

    private final SplittableRandom random;
    private final Words words;
    private final List<Plan> plans;
    private final Tracer tracer = new Tracer("bench");

    /** @param plans of agents, the most frequent first */
    TraceData(long seed, List<Plan> plans) {
        this.random = new SplittableRandom(seed);
        this.words = new Words(random);
        this.plans = List.copyOf(plans);
    }

    /** One of so many, from 1, the most frequent. */
    static int frequent(SplittableRandom random, int all) {
        return (int) Math.exp(random.nextDouble() * Math.log(all + 1.0));
    }

    /**
     * The next trace.
     *
     * @param hashes whether its steps are chained, as those that the recorder gets; else the hashes are made up, too
     */
    List<TraceStep> next(Instant createdAt, boolean hashes) {
        UUID id = id(createdAt);
        String tenant = "tenant-" + frequent(random, 40);
        String model = "model-" + frequent(random, 8);
        int corrections = corrections();
        StopReason stop = random.nextInt(10) < 7 ? StopReason.ACCEPTED : OTHERS[random.nextInt(OTHERS.length)];
        boolean ended = random.nextInt(2000) > 0;
        List<TraceStep> steps = new ArrayList<>();
        Plan plan = plans.get(frequent(random, plans.size()) - 1);
        Task task = new Task(id, plan.agent(), words.text(8, 30), Map.of(), tenant, 0, createdAt, null, null);
        TraceStep submit = tracer.submitted(LoopState.start(task, plan), createdAt);
        steps.add(submit);
        Instant at = createdAt;
        for (int round = 0; round <= corrections; round++) {
            at = at.plusMillis(random.nextInt(200, 4000));
            boolean right = round == corrections && stop == StopReason.ACCEPTED;
            String draft = words.text(20, 80);
            add(
                    steps,
                    round == 0 ? StepKind.GENERATE : StepKind.CORRECT,
                    round,
                    model,
                    at,
                    null,
                    null,
                    texts(task, draft));
            String check = "{\"checks\":[{\"verifier\":\"arithmetic\",\"passed\":" + right + ",\"message\":\""
                    + words.text(4, 12) + "\"}]}";
            add(steps, StepKind.VERIFY, round, null, at, right, null, new Texts(null, null, null, null, check));
            if (round < corrections) {
                double score = random.nextInt(101) / 100.0;
                Texts critique = new Texts("Judge: " + draft, words.text(15, 50), null, null, null);
                add(steps, StepKind.REFLECT, round, model, at, score > 0.8, score, critique);
            }
        }
        if (ended) {
            String findings = "{\"stop\":" + Json.text(new Stop(stop, "made up")) + "}";
            String answer = steps.get(steps.size() - 2).texts().output();
            Texts end = new Texts(null, null, null, answer == null ? words.text(5, 9) : answer, findings);
            boolean accepted = stop == StopReason.ACCEPTED;
            add(steps, StepKind.FINISH, corrections, null, at.plusMillis(5), accepted, null, end);
        }
        return hashes ? chained(steps) : steps;
    }

    private int corrections() {
        int of20 = random.nextInt(20);
        return of20 < 10 ? 0 : of20 < 16 ? 1 : of20 < 19 ? 2 : 3;
    }

    private static Texts texts(Task task, String draft) {
        String prompt = "Answer as well as you can what follows, and nothing but that:\n" + task.input();
        return new Texts(prompt, draft, null, draft, null);
    }

    private void add(
            List<TraceStep> steps,
            StepKind kind,
            int round,
            @Nullable String model,
            Instant at,
            @Nullable Boolean accepted,
            @Nullable Double score,
            Texts texts) {
        boolean called = model != null;
        long in = random.nextInt(50, 800);
        long out = random.nextInt(20, 300);
        steps.add(new TraceStep(
                steps.getFirst().taskId(),
                steps.size(),
                kind,
                round,
                model,
                called ? "openai" : null,
                called ? Map.of("temperature", "0.7") : null,
                called ? "bench/" + kind.key() + "@1" : null,
                called ? in : null,
                called ? out : null,
                called ? BigDecimal.valueOf(in + 4 * out, 6) : null,
                accepted,
                score,
                at,
                random.nextInt(20, 4000),
                1,
                "bench",
                texts,
                Map.of("findings", hash()),
                steps.getLast().hash().isEmpty() ? "" : hash(),
                hash()));
    }

    private static List<TraceStep> chained(List<TraceStep> steps) {
        List<TraceStep> chained = new ArrayList<>();
        TraceHead head = TraceHead.NONE;
        for (TraceStep step : steps) {
            TraceStep next = Chain.link(step, head.hash());
            chained.add(next);
            head = TraceHead.after(next);
        }
        return chained;
    }

    /** As time-based ids are: in order. */
    private UUID id(Instant at) {
        long high = at.toEpochMilli() << 16 | 0x7000 | random.nextInt(0x1000);
        return new UUID(high, random.nextLong() >>> 2 | Long.MIN_VALUE);
    }

    private String hash() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong())
                + hex.toHexDigits(random.nextLong())
                + hex.toHexDigits(random.nextLong())
                + hex.toHexDigits(random.nextLong());
    }
}
