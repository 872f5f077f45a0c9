package dev.cermin.jmh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the loops and the dispatch, then, after loops, the cold starts, and sums up. Takes JMH's own arguments. Of several
 * forks ({@code -f}) each contender has its first before any has its second: a busy minute of the machine hits them alike.
 */
final class Main {
    private Main() {}

    public static void main(String... args) throws Exception {
        CommandLineOptions given = new CommandLineOptions(args);
        if (given.shouldHelp()
                || given.shouldList()
                || given.shouldListWithParams()
                || given.shouldListProfilers()
                || given.shouldListResultFormats()) {
            org.openjdk.jmh.Main.main(args);
            return;
        }
        Collection<RunResult> results = inTurn(given);
        boolean loops = results.stream().anyMatch(result -> result.getParams().getParam("contender") != null);
        String cold = loops ? ColdStarts.run() : "";
        System.out.println();
        System.out.print(Table.of(results));
        System.out.println();
        System.out.print(cold);
    }

    private static Collection<RunResult> inTurn(CommandLineOptions given) throws RunnerException {
        int forks = given.getForkCount().orElse(1);
        // JMH writes a file of results as it ends, and none before it
        int rounds = given.getResult().hasValue() || given.getResultFormat().hasValue() ? 1 : Math.max(1, forks);
        Map<String, RunResult> all = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            Collection<RunResult> results = new Runner(new OptionsBuilder()
                            .parent(given)
                            .forks(rounds == 1 ? forks : 1)
                            .addProfiler(GCProfiler.class)
                            .shouldFailOnError(true)
                            .build())
                    .run();
            results.forEach(result -> all.merge(result.getParams().id(), result, Main::together));
        }
        return all.values();
    }

    private static RunResult together(RunResult one, RunResult other) {
        List<BenchmarkResult> both = new ArrayList<>(one.getBenchmarkResults());
        both.addAll(other.getBenchmarkResults());
        return new RunResult(one.getParams(), both);
    }
}
