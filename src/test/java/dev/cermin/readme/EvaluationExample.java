package dev.cermin.readme;

import dev.cermin.Agent;
import dev.cermin.eval.Evaluation;
import dev.cermin.eval.Method;
import dev.cermin.eval.report.Report;
import dev.cermin.eval.suite.SuiteOptions;
import dev.cermin.eval.suite.Suites;
import java.nio.file.Path;

/** The example of docs/evaluations.md. */
final class EvaluationExample {
    private EvaluationExample() {}

    static Report of(Agent agent, Path file) throws InterruptedException {
        // README:begin
        var suite = Suites.named("equations").read(null, SuiteOptions.DEFAULT.withProblems(40, 7));
        var results = Evaluation.of(suite, agent)
                .against(Method.BEST_OF_N, Method.SELF_CONSISTENCY)
                .in(file)
                .run();
        var report = Report.of(results);
        System.out.println(report.text());
        // README:end
        return report;
    }
}
