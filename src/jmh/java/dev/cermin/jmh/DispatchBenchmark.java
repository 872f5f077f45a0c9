package dev.cermin.jmh;

import dev.cermin.dispatch.Dispatch;
import dev.cermin.dispatch.Rules;
import dev.cermin.model.DispatchingChatModel;
import dev.cermin.model.Limits;
import dev.cermin.model.Model;
import dev.cermin.model.Question;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the dispatch adds to a LangChain4j call of a model that takes no time. Every call has a deadline, as in a loop. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"})
public class DispatchBenchmark {
    /** How the model is called. */
    public enum Way {
        /** LangChain4j alone. */
        DIRECT,
        /** Time-out, breaker, retries. */
        DISPATCHED,
        /** All three limits too, so wide that no call waits. */
        LIMITED,
        /** Four replicas, and a fallback. */
        REPLICAS
    }

    private static final Limits WIDE = new Limits(64, Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** Empty: all. */
    @Param
    public Way way;

    private final Calls calls = new Calls();
    private final ChatModel direct = new InstantModel(calls);
    private final ChatRequest request = ChatRequest.builder()
            .messages(UserMessage.from(Work.generate(Work.INPUT)))
            .build();
    private Dispatch models;
    private ChatModel dispatched;
    private long made;

    @Setup
    public void set() {
        Rules limited = Rules.builder().limits(WIDE).build();
        Rules withFallback =
                Rules.builder().limits(WIDE).fallback(List.of("limited")).build();
        models = Dispatch.builder()
                .model("dispatched", Rules.DEFAULT, direct)
                .model("limited", limited, direct)
                .model("replicas", withFallback, direct, direct, direct, direct)
                .build();
        dispatched = way == Way.DIRECT
                ? direct
                : models.named(way.name().toLowerCase(Locale.ROOT)).chat();
    }

    @Benchmark
    public ChatResponse call() {
        made++;
        return dispatched instanceof DispatchingChatModel many
                ? many.ask(new Asked(request)).response()
                : dispatched.chat(request);
    }

    /** Every call of the measurement reached the model, once. */
    @TearDown
    public void count() {
        models.close();
        if (calls.count() != made) {
            throw new IllegalStateException("%d calls reached the model, of %d".formatted(calls.count(), made));
        }
    }

    private record Asked(ChatRequest request) implements Question {
        @Override
        public String role() {
            return "generate";
        }

        @Override
        public Duration left() {
            return Duration.ofMinutes(10);
        }

        @Override
        public long tokens() {
            return 100;
        }

        @Override
        public ChatRequest request(Model model) {
            return request;
        }

        @Override
        public void note(String text) {
            // the trace is measured with the loop
        }
    }
}
