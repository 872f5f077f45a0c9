package dev.cermin.jmh;

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

/** One loop of {@link Work}, by each contender in a JVM of its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-Xms1g",
            "-Xmx1g",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
        })
public class LoopBenchmark {
    /** Empty: all. */
    @Param
    public Contender contender;

    private final Calls calls = new Calls();
    private Loop loop;
    private long loops;

    @Setup
    public void prove() {
        loop = contender.proven(calls);
        loops = 1;
    }

    @Benchmark
    public String loop() {
        loops++;
        return loop.run(Work.INPUT);
    }

    /** Every loop of the measurement made its calls too. */
    @TearDown
    public void count() {
        if (calls.count() != loops * Work.prompts().size()) {
            throw new IllegalStateException("%d loops of %s made %d calls".formatted(loops, contender, calls.count()));
        }
    }
}
