package dev.cermin.bench;

import dev.cermin.Agent;
import dev.cermin.AgentBuilder;
import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.agent.Sampling;
import dev.cermin.loop.Role;
import dev.cermin.loop.Stop;
import dev.cermin.model.llamacpp.LlamaChatModel;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What Cermin costs an engine: tokens a second of loops, beside those of the same requests sent to the engine as fast as
 * each loop's order allows. Both take turns in short rounds, so that whatever else the machine does falls on both. Of a
 * llama-server it also tells how many slots work, and how much of the prompts comes from its cache.
 */
public final class EngineRun {
    private static final List<String> TASKS = List.of(
            "9x-15=21",
            "3x+4=19",
            "2x+4=3x-2",
            "5x-7=2x+8",
            "7x+3=24",
            "4x-9=3x+1",
            "6x+2=20",
            "8x-5=3x+10",
            "x^2-5x+6=0",
            "x^2-x-6=0",
            "2x^2+5x-3=0",
            "x^2-9=0",
            "x^2+4x+3=0",
            "5x=35",
            "3x-12=0",
            "x+17=29");

    /** Loops: many short rounds are less at the mercy of what else runs than a few long ones. */
    private static final int SHORTEST_ROUND = 4;

    private static final int WARM_UP = 4_000;
    private static final int TIMED = 2_000;

    private final ChatModel engine;
    private final ChatModel model;
    private final AgentDefinition equations;
    private final Sampling sampling;
    private final AtomicLong tokens = new AtomicLong();
    private final CachedTokens cached = new CachedTokens();
    private volatile SlotTime slotTime = new SlotTime();

    /**
     * @param engine asked directly
     * @param model the same engine, as Cermin's agents get it
     * @param maxTokens of an answer; 0 for as many as the agent allows, 280
     */
    public EngineRun(ChatModel engine, ChatModel model, int maxTokens) {
        this.engine = engine;
        this.model = model;
        this.equations = Agents.ofClassPath().named("equations").on(Role::key);
        Sampling own = equations.sampling();
        this.sampling = maxTokens == 0 ? own : new Sampling(own.temperature(), own.topP(), maxTokens);
    }

    /**
     * Prints a line for each concurrency, and of a llama-server two more.
     *
     * @param concurrency loops at once, for each line
     * @param loops of a round; at least as many as run at once, and 4
     * @param rounds of either kind
     */
    public void run(List<Integer> concurrency, int loops, int rounds) throws InterruptedException, ExecutionException {
        Map<List<ChatMessage>, ChatResponse> answers = new ConcurrentHashMap<>();
        List<List<ChatRequest>> requests = recorded(Collections.max(concurrency), answers);
        System.out.printf("Cermin's own time in a loop: %.3f ms%n", ownMillis(answers));
        LlamaChatModel server = engine instanceof LlamaChatModel llama ? llama : null;
        int slots = server == null ? 0 : server.slots();
        for (int parallel : concurrency) {
            int count = Math.max(Math.max(SHORTEST_ROUND, loops), parallel);
            Round round = new Round(count, parallel, new SlotTime(), new SlotTime());
            compare(round, rounds, requests);
            if (server != null) {
                System.out.printf("   slots busy: %s%n", round.busy(slots));
                System.out.printf("   prompt tokens from the cache, mean of a call: %s%n", cached);
            }
        }
    }

    /**
     * What the rounds of a line have in common.
     *
     * @param count loops
     * @param parallel of them at once
     * @param loops of the slots in rounds of loops, while as many run as may
     * @param alone in rounds of requests without loops
     */
    private record Round(int count, int parallel, SlotTime loops, SlotTime alone) {
        String busy(int slots) {
            int most = Math.min(slots, parallel);
            return "%.1f of the %d that %d loops can use (%.1f %%), by the engine alone %.1f (%.1f %%)"
                    .formatted(
                            loops.mean(),
                            most,
                            parallel,
                            100 * loops.mean() / most,
                            alone.mean(),
                            100 * alone.mean() / most);
        }
    }

    private void compare(Round round, int rounds, List<List<ChatRequest>> requests)
            throws InterruptedException, ExecutionException {
        AgentBuilder agents = Agent.builder(equations).sampling(sampling);
        for (Role role : Role.values()) {
            agents.model(role.key(), counting(model, role));
        }
        Agent agent = agents.build();
        ChatModel direct = counting(engine, null);
        IntConsumer loop = i -> run(agent, TASKS.get(i % TASKS.size()));
        IntConsumer replay = i -> requests.get(i % requests.size()).forEach(direct::chat);
        perSecond(loop, round, new SlotTime());
        perSecond(replay, round, new SlotTime());
        cached.clear();
        List<Double> ratios = new ArrayList<>();
        double through = 0;
        double alone = 0;
        for (int i = 0; i < rounds; i++) {
            boolean loopsFirst = i % 2 == 0;
            double first = loopsFirst ? perSecond(loop, round, round.loops()) : perSecond(replay, round, round.alone());
            double second =
                    loopsFirst ? perSecond(replay, round, round.alone()) : perSecond(loop, round, round.loops());
            through += loopsFirst ? first : second;
            alone += loopsFirst ? second : first;
            ratios.add(loopsFirst ? first / second : second / first);
        }
        Collections.sort(ratios);
        System.out.printf(
                "%2d loops at once: %8.0f tokens/s, the engine alone %8.0f tokens/s, ratio %.3f (median of %d rounds, quartiles %.3f to %.3f)%n",
                round.parallel(),
                through / rounds,
                alone / rounds,
                quantile(ratios, 0.5),
                rounds,
                quantile(ratios, 0.25),
                quantile(ratios, 0.75));
    }

    private static double quantile(List<Double> sorted, double share) {
        double at = share * (sorted.size() - 1);
        int below = (int) Math.floor(at);
        int above = (int) Math.ceil(at);
        return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
    }

    /** Loops whose answers are there at once; they also warm the code up, which would else be timed with the engine. */
    private double ownMillis(Map<List<ChatMessage>, ChatResponse> answers) {
        Agent agent = on(new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return answers.get(request.messages());
            }
        });
        long begin = 0;
        for (int i = 0; i < WARM_UP + TIMED; i++) {
            begin = i == WARM_UP ? System.nanoTime() : begin;
            run(agent, TASKS.get(i % TASKS.size()));
        }
        return (System.nanoTime() - begin) / 1e6 / TIMED;
    }

    private List<List<ChatRequest>> recorded(int parallel, Map<List<ChatMessage>, ChatResponse> answers)
            throws InterruptedException, ExecutionException {
        Map<Integer, List<ChatRequest>> requests = new ConcurrentSkipListMap<>();
        all(i -> requests.put(i, record(TASKS.get(i), answers)), TASKS.size(), parallel);
        return List.copyOf(requests.values());
    }

    private List<ChatRequest> record(String task, Map<List<ChatMessage>, ChatResponse> answers) {
        ConcurrentLinkedQueue<ChatRequest> requests = new ConcurrentLinkedQueue<>();
        Agent agent = on(new Through(engine) {
            @Override
            void seen(ChatRequest request, ChatResponse response) {
                requests.add(request);
                answers.put(request.messages(), response);
            }
        });
        run(agent, task);
        return List.copyOf(requests);
    }

    private Agent on(ChatModel one) {
        return Agent.builder(equations).sampling(sampling).model(one).build();
    }

    /** A loop that was cut short did less work than it is timed for, though it has an outcome. */
    private static void run(Agent agent, String task) {
        Stop stop = agent.run(task).stop();
        switch (stop.reason()) {
            case FAILED, DEADLINE, BUDGET, CANCELLED, HANDED_BACK ->
                throw new IllegalStateException(
                        "The loop of %s did not end by itself, so that nothing can be measured: %s"
                                .formatted(task, stop.detail()));
            default -> {}
        }
    }

    /** @param role what it is called for; null for no loop's calls */
    ChatModel counting(ChatModel counted, @Nullable Role role) {
        return new Through(counted) {
            @Override
            void seen(ChatRequest request, ChatResponse response) {
                TokenUsage usage = response.tokenUsage();
                if (usage == null || usage.totalTokenCount() == null) {
                    return;
                }
                tokens.addAndGet(usage.totalTokenCount());
                slotTime.add(System.nanoTime(), LlamaChatModel.slotTime(response));
                if (role != null && usage.inputTokenCount() != null) {
                    cached.add(role, usage.inputTokenCount(), LlamaChatModel.cachedTokens(response));
                }
            }
        };
    }

    private double perSecond(IntConsumer work, Round round, SlotTime time)
            throws InterruptedException, ExecutionException {
        tokens.set(0);
        slotTime = time;
        long begin = System.nanoTime();
        long[] ends = all(work, round.count(), round.parallel());
        double seconds = (System.nanoTime() - begin) / 1e9;
        // from here on fewer run than may, as none is left to start
        time.count(begin, ends[round.count() - round.parallel()]);
        return tokens.get() / seconds;
    }

    /** @return when each ended, the first of them first */
    private static long[] all(IntConsumer work, int count, int parallel)
            throws InterruptedException, ExecutionException {
        Semaphore permits = new Semaphore(parallel);
        long[] ends = new long[count];
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                permits.acquire();
                all.add(threads.submit(() -> {
                    try {
                        work.accept(number);
                        ends[number] = System.nanoTime();
                    } finally {
                        permits.release();
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalStateException unmeasured) {
                throw unmeasured;
            }
            throw e;
        }
        Arrays.sort(ends);
        return ends;
    }

    /** Hands a request on as it is, and looks at what came. */
    private abstract static class Through implements ChatModel {
        private final ChatModel inner;

        Through(ChatModel inner) {
            this.inner = inner;
        }

        abstract void seen(ChatRequest request, ChatResponse response);

        @Override
        public ChatResponse chat(ChatRequest request) {
            ChatResponse response = inner.chat(request);
            seen(request, response);
            return response;
        }

        @Override
        public dev.langchain4j.model.chat.request.ChatRequestParameters defaultRequestParameters() {
            return inner.defaultRequestParameters();
        }

        @Override
        public Set<Capability> supportedCapabilities() {
            return inner.supportedCapabilities();
        }

        @Override
        public dev.langchain4j.model.ModelProvider provider() {
            return inner.provider();
        }
    }
}
