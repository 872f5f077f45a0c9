package dev.cermin.cli;

import dev.cermin.eval.Answered;
import dev.cermin.eval.EvaluationListener;
import dev.cermin.eval.Item;
import dev.cermin.eval.Method;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** How far an evaluation is, and for how long it will go on: a bar on a terminal, else a line now and then. */
final class EvalProgress implements EvaluationListener, AutoCloseable {
    private final String suite;
    private @Nullable ProgressBar bar;
    private int right;
    private int reflected;

    EvalProgress(String suite) {
        this.suite = suite;
    }

    @Override
    public void begun(int asked, int before) {
        if (before > 0) {
            System.err.printf("cermin: going on: %d of %d were done before%n", before, asked);
        }
        bar = Bars.of(suite, asked, before);
    }

    @Override
    public void done(Item item, Method method, Answered answered) {
        if (method == Method.REFLECTION) {
            reflected++;
            right += answered.right() ? 1 : 0;
        }
        if (bar != null) {
            bar.setExtraMessage(
                    method == Method.REFLECTION
                            ? " right: %d of %d".formatted(right, reflected)
                            : " " + method.label());
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
