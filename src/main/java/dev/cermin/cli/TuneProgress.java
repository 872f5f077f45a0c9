package dev.cermin.cli;

import dev.cermin.tune.select.SelectionListener;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** How far a selection is: a bar for each stage. */
final class TuneProgress implements SelectionListener, AutoCloseable {
    private @Nullable ProgressBar bar;

    @Override
    public void begun(String stage, int all, int before) {
        close();
        if (before > 0) {
            System.err.printf("cermin: going on: %s: %d of %d were done before%n", stage, before, all);
        }
        bar = before == all ? null : Bars.of(stage, all, before);
    }

    @Override
    public void done() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
