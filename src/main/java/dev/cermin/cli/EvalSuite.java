package dev.cermin.cli;

import dev.cermin.agent.AgentFileException;
import dev.cermin.eval.Suite;
import dev.cermin.eval.suite.Cases;
import dev.cermin.eval.suite.Convention;
import dev.cermin.eval.suite.SuiteException;
import dev.cermin.eval.suite.SuiteOptions;
import dev.cermin.eval.suite.SuiteReader;
import dev.cermin.eval.suite.Suites;
import dev.cermin.verify.VerifierUnavailableException;
import dev.cermin.verify.Verifiers;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which items are asked. */
final class EvalSuite {
    private static final int PROBLEMS = 100;

    @Parameters(
            paramLabel = "SUITE",
            arity = "0..1",
            description =
                    "gsm8k, math, mmlu, ifeval, humaneval, humaneval-java, equations, arithmetic, or a file of your own "
                            + "cases (.yaml, .jsonl)")
    private @Nullable String suite;

    @Option(names = "--data", paramLabel = "FOLDER", description = "With the suite's files, or with a folder of them")
    private @Nullable Path data;

    @Option(
            names = "--convention",
            paramLabel = "NAME",
            description = "Whose wording and reading: harness, simple-evals, bare; default: the suite's first")
    private @Nullable String convention;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "So many items; default: all, of suites that make their own problems 100")
    private @Nullable Integer limit;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description =
                    "Of the choice of items, of problems that are made, and of the baselines' drafts; default: the first "
                            + "items, problems of seed 1, drafts of seed 0")
    private @Nullable Long seed;

    @Nullable
    Long seed() {
        return seed;
    }

    String name() {
        return suite == null ? "" : suite;
    }

    Suite read() {
        if (suite == null) {
            StringBuilder all = new StringBuilder("Which suite? Known are:");
            for (String name : Suites.names()) {
                all.append("%n  %-16s%s".formatted(name, Suites.named(name).about()));
            }
            throw new CommandFailure(all + "%nor a file of your own cases, .yaml or .jsonl".formatted());
        }
        if (limit != null && limit < 1) {
            throw new CommandFailure("--limit is %d; 1 or more is expected".formatted(limit));
        }
        try {
            return suite.matches(".*\\.(yaml|yml|jsonl)") ? own(Path.of(suite)) : known();
        } catch (SuiteException | AgentFileException | IllegalArgumentException | VerifierUnavailableException e) {
            throw new CommandFailure(e.getMessage());
        }
    }

    private Suite known() {
        SuiteReader reader = Suites.named(name());
        Convention asked = convention == null ? null : Convention.of(convention);
        SuiteOptions options = SuiteOptions.DEFAULT.withConvention(asked);
        if (!reader.needsFolder()) {
            return reader.read(null, options.withProblems(limit == null ? PROBLEMS : limit, seed == null ? 1 : seed));
        }
        if (data == null) {
            throw new CommandFailure("The suite '%s' is read from its files: give --data FOLDER; it is %s"
                    .formatted(name(), reader.about()));
        }
        return limited(reader.read(data, options));
    }

    private Suite own(Path file) {
        return limited(Cases.read(file, Services.get(Verifiers.class)));
    }

    private Suite limited(Suite whole) {
        return limit == null ? whole : whole.limited(limit, seed);
    }
}
