package dev.cermin.cli;

import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Help.Ansi;

/** How far long work is, on standard error: a bar on a terminal, else a line now and then. */
final class Bars {
    private static final int LINE_EVERY_MS = 15_000;
    private static final int WIDTH = 100;

    private Bars() {}

    static ProgressBar of(String what, int all) {
        return of(what, all, 0);
    }

    /** @param before how many were done by an earlier run */
    static ProgressBar of(String what, int all, int before) {
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(all)
                .startsFrom(before, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed();
        return Ansi.AUTO.enabled()
                ? builder.setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                        .build()
                : builder.setUpdateIntervalMillis(LINE_EVERY_MS)
                        .setConsumer(new DelegatingProgressBarConsumer(System.err::println, WIDTH))
                        .build();
    }
}
