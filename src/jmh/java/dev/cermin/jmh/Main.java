package dev.cermin.jmh;

import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the loops and the dispatch, then, after loops, the cold starts, and sums up. Takes JMH's own arguments. */
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
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .parent(given)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .build())
                .run();
        boolean loops = results.stream().anyMatch(result -> result.getParams().getParam("contender") != null);
        String cold = loops ? ColdStarts.run() : "";
        System.out.println();
        System.out.print(Table.of(results));
        System.out.println();
        System.out.print(cold);
    }
}
