package dev.cermin.bench;

import dev.cermin.Agent;
import dev.cermin.loop.Stop;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * What Cermin costs an engine: tokens a second of loops, beside those of the same requests sent to the engine as fast as
 * each loop's order allows. Both take turns in short rounds, so that whatever else the machine does falls on both.
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
    private final AtomicLong tokens = new AtomicLong();

    /**
     * @param engine asked directly
     * @param model the same engine, as Cermin's agents get it
     */
    public EngineRun(ChatModel engine, ChatModel model) {
        this.engine = engine;
        this.model = model;
    }

    /**
     * Prints a line for each concurrency.
     *
     * @param concurrency loops at once, for each line
     * @param rounds of either kind
     */
    public void run(List<Integer> concurrency, int rounds) throws InterruptedException, ExecutionException {
        List<List<ChatRequest>> requests = new ArrayList<>();
        Map<List<ChatMessage>, ChatResponse> answers = new ConcurrentHashMap<>();
        for (String task : TASKS) {
            requests.add(record(task, answers));
        }
        System.out.printf("Cermin's own time in a loop: %.3f ms%n", ownMillis(answers));
        Agent agent = Agent.named("equations", counting(model));
        ChatModel direct = counting(engine);
        IntConsumer loop = i -> run(agent, TASKS.get(i % TASKS.size()));
        IntConsumer replay = i -> requests.get(i % requests.size()).forEach(direct::chat);
        for (int parallel : concurrency) {
            int loops = Math.max(SHORTEST_ROUND, parallel);
            perSecond(loop, loops, parallel);
            perSecond(replay, loops, parallel);
            List<Double> ratios = new ArrayList<>();
            double through = 0;
            double alone = 0;
            for (int round = 0; round < rounds; round++) {
                boolean loopsFirst = round % 2 == 0;
                double first = perSecond(loopsFirst ? loop : replay, loops, parallel);
                double second = perSecond(loopsFirst ? replay : loop, loops, parallel);
                through += loopsFirst ? first : second;
                alone += loopsFirst ? second : first;
                ratios.add(loopsFirst ? first / second : second / first);
            }
            Collections.sort(ratios);
            System.out.printf(
                    "%2d loops at once: %8.0f tokens/s, the engine alone %8.0f tokens/s, ratio %.3f (median of %d rounds, quartiles %.3f to %.3f)%n",
                    parallel,
                    through / rounds,
                    alone / rounds,
                    quantile(ratios, 0.5),
                    rounds,
                    quantile(ratios, 0.25),
                    quantile(ratios, 0.75));
        }
    }

    private static double quantile(List<Double> sorted, double share) {
        double at = share * (sorted.size() - 1);
        int below = (int) Math.floor(at);
        int above = (int) Math.ceil(at);
        return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
    }

    /** Loops whose answers are there at once; they also warm the code up, which would else be timed with the engine. */
    private static double ownMillis(Map<List<ChatMessage>, ChatResponse> answers) {
        Agent agent = Agent.named("equations", new ChatModel() {
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

    private List<ChatRequest> record(String task, Map<List<ChatMessage>, ChatResponse> answers) {
        ConcurrentLinkedQueue<ChatRequest> requests = new ConcurrentLinkedQueue<>();
        Agent agent = Agent.named("equations", new Through(engine) {
            @Override
            void seen(ChatRequest request, ChatResponse response) {
                requests.add(request);
                answers.put(request.messages(), response);
            }
        });
        run(agent, task);
        return List.copyOf(requests);
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

    ChatModel counting(ChatModel counted) {
        return new Through(counted) {
            @Override
            void seen(ChatRequest request, ChatResponse response) {
                TokenUsage usage = response.tokenUsage();
                tokens.addAndGet(usage == null || usage.totalTokenCount() == null ? 0 : usage.totalTokenCount());
            }
        };
    }

    private double perSecond(IntConsumer work, int count, int parallel)
            throws InterruptedException, ExecutionException {
        tokens.set(0);
        Semaphore permits = new Semaphore(parallel);
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                permits.acquire();
                all.add(threads.submit(() -> {
                    try {
                        work.accept(number);
                    } finally {
                        permits.release();
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        return tokens.get() / ((System.nanoTime() - begin) / 1e9);
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
