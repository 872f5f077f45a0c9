package dev.cermin.jmh;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** The results, a contender of the loops a line, then a way to call a model a line. */
final class Table {
    private static final String BYTES = "gc.alloc.rate.norm";

    private Table() {}

    static String of(Collection<RunResult> results) {
        Map<Contender, RunResult> byContender = new EnumMap<>(Contender.class);
        Map<DispatchBenchmark.Way, RunResult> byWay = new EnumMap<>(DispatchBenchmark.Way.class);
        for (RunResult result : results) {
            String contender = result.getParams().getParam("contender");
            if (contender != null) {
                byContender.put(Contender.valueOf(contender), result);
            } else {
                byWay.put(DispatchBenchmark.Way.valueOf(result.getParams().getParam("way")), result);
            }
        }
        return (byContender.isEmpty() ? "" : loops(byContender)) + (byWay.isEmpty() ? "" : ways(byWay));
    }

    private static String ways(Map<DispatchBenchmark.Way, RunResult> byWay) {
        RunResult direct = byWay.get(DispatchBenchmark.Way.DIRECT);
        StringBuilder table = new StringBuilder();
        line(table, "one call of a model", "µs per call", "± (99.9 %)", "bytes per call", "over direct: µs", "bytes");
        byWay.forEach((way, result) -> {
            Result<?> time = result.getPrimaryResult();
            line(
                    table,
                    way.name().toLowerCase(Locale.ROOT),
                    number("%.2f", time.getScore()),
                    number("%.2f", time.getScoreError()),
                    number("%,.0f", bytes(result)),
                    number(
                            "%.2f",
                            direct == null
                                    ? Double.NaN
                                    : time.getScore()
                                            - direct.getPrimaryResult().getScore()),
                    number("%,.0f", direct == null ? Double.NaN : bytes(result) - bytes(direct)));
        });
        return table.toString();
    }

    private static String loops(Map<Contender, RunResult> byContender) {
        RunResult agentic = byContender.get(Contender.AGENTIC);
        StringBuilder table = new StringBuilder();
        line(table, "", "µs per loop", "± (99.9 %)", "bytes per loop", "of agentic: µs", "bytes");
        byContender.forEach((contender, result) -> {
            Result<?> time = result.getPrimaryResult();
            line(
                    table,
                    contender.title(),
                    number("%.2f", time.getScore()),
                    number("%.2f", time.getScoreError()),
                    number("%,.0f", bytes(result)),
                    ratio(
                            time.getScore(),
                            agentic == null
                                    ? Double.NaN
                                    : agentic.getPrimaryResult().getScore()),
                    ratio(bytes(result), agentic == null ? Double.NaN : bytes(agentic)));
        });
        return table.toString();
    }

    private static void line(StringBuilder table, Object... cells) {
        table.append("%-34s %12s %12s %15s %15s %8s%n".formatted(cells));
    }

    private static double bytes(RunResult result) {
        Result<?> norm = result.getSecondaryResults().get(BYTES);
        return norm == null ? Double.NaN : norm.getScore();
    }

    private static String ratio(double value, double reference) {
        return number("%.3f", value / reference);
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
