package dev.cermin.cli;

import dev.cermin.eval.Answered;
import dev.cermin.eval.EvaluationListener;
import dev.cermin.eval.Item;
import dev.cermin.eval.Method;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** How far an evaluation is, and for how long it will go on: a bar on a terminal, else a line now and then. */
final class EvalProgress implements EvaluationListener, AutoCloseable {
    private static final int LINE_EVERY_MS = 15_000;
    private static final int WIDTH = 100;

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
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(suite)
                .setInitialMax(asked)
                .startsFrom(before, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed();
        bar = Ansi.AUTO.enabled()
                ? builder.setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                        .build()
                : builder.setUpdateIntervalMillis(LINE_EVERY_MS)
                        .setConsumer(new DelegatingProgressBarConsumer(System.err::println, WIDTH))
                        .build();
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
