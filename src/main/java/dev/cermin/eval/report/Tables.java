package dev.cermin.eval.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** A report's figures as tables. */
final class Tables {
    private Tables() {}

    /** Right answers under every convention. */
    static Table accuracy(String title, List<Row> rows) {
        List<String> head = new ArrayList<>(List.of("answers", "right"));
        for (Accuracy accuracy : rows.getFirst().accuracy()) {
            head.add(accuracy.convention());
            if (accuracy.points() != null) {
                head.add(accuracy.convention() + ", points");
            }
        }
        return new Table(title, head, map(rows, row -> {
            List<String> cells = new ArrayList<>();
            cells.add(row.answers());
            cells.add("%s of %s"
                    .formatted(
                            Words.count(row.decisive().right()),
                            Words.count(row.decisive().of())));
            for (Accuracy accuracy : row.accuracy()) {
                cells.add(Words.percent(accuracy));
                Accuracy.Points points = accuracy.points();
                if (points != null) {
                    cells.add("%s (%s of %s)"
                            .formatted(
                                    Words.percent(points.share()),
                                    Words.count(points.right()),
                                    Words.count(points.of())));
                }
            }
            return cells;
        }));
    }

    /** Flips and tests. */
    static Table pairs(List<Paired> pairs) {
        return new Table(
                "Against reflection",
                List.of("from", "to", "wrong to right", "right to wrong", "points", "McNemar"),
                map(
                        pairs,
                        pair -> List.of(
                                pair.before(),
                                pair.after(),
                                Words.count(pair.gained().size()),
                                Words.count(pair.lost().size()),
                                difference(pair),
                                Words.p(pair.p()))));
    }

    static String difference(Paired pair) {
        if (pair.items() == 0) {
            return "-";
        }
        return "%s (%s to %s)"
                .formatted(
                        Words.signed(pair.difference()),
                        Words.signed(pair.interval().low()),
                        Words.signed(pair.interval().high()));
    }

    static Table perItem(List<Row> rows) {
        return new Table(
                "What an item takes",
                List.of("answers", "calls", "tokens", "cost", "time", "half within", "95 % within", "tokens per gain"),
                map(rows, row -> {
                    Spent spent = row.spent();
                    Double perGain = row.tokensPerGain();
                    return List.of(
                            row.answers(),
                            Words.count(spent.mean().calls()),
                            Words.count(spent.mean().tokens()),
                            Words.about(spent.mean().cost()),
                            Words.seconds(spent.mean().millis()),
                            Words.seconds(spent.medianMillis()),
                            Words.seconds(spent.slowMillis()),
                            perGain == null ? "-" : Words.count(perGain));
                }));
    }

    static Table inAll(List<Row> rows) {
        return new Table(
                "What all of them take",
                List.of("answers", "items", "calls", "tokens in", "tokens out", "cost", "time"),
                map(rows, row -> {
                    Spent spent = row.spent();
                    return List.of(
                            row.answers(),
                            Words.count(spent.items()),
                            Words.count(spent.calls()),
                            Words.count(spent.tokensIn()),
                            Words.count(spent.tokensOut()),
                            Words.cost(spent.cost()),
                            Words.seconds(spent.millis()));
                }));
    }

    static Table acceptance(Acceptance acceptance) {
        return new Table(
                "Accepted and right",
                List.of("the loop", "right", "wrong"),
                List.of(
                        List.of(
                                "accepted it",
                                Words.count(acceptance.acceptedRight()),
                                Words.count(acceptance.acceptedWrong())),
                        List.of("didn't", Words.count(acceptance.openRight()), Words.count(acceptance.openWrong()))));
    }

    static Table stops(List<Stopped> stops) {
        return new Table(
                "Why loops ended",
                List.of("reason", "items", "right", "wrong"),
                map(
                        stops,
                        stop -> List.of(
                                stop.reason(),
                                Words.count(stop.items()),
                                Words.count(stop.right()),
                                Words.count(stop.wrong()))));
    }

    /** By the convention that decides; without the rounds between the first and the last. */
    static Table categories(Report report) {
        List<Integer> columns = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("category", "items"));
        for (int i = 0; i < report.rows().size(); i++) {
            Row row = report.rows().get(i);
            Integer round = row.round();
            if (round == null || round == 0 || i == report.rows().size() - 1) {
                columns.add(i);
                head.add(row.answers());
            }
        }
        return new Table(
                "By category",
                head,
                map(
                        report.categories(),
                        category -> Stream.concat(
                                        Stream.of(category.name(), Words.count(category.items())),
                                        columns.stream()
                                                .map(column -> Words.percent(category.rows()
                                                        .get(column)
                                                        .decisive())))
                                .toList()));
    }

    static Table failures(List<Failure> failures) {
        return new Table(
                "Failures",
                List.of("item", "method", "why"),
                map(
                        failures,
                        failure -> List.of(failure.item(), failure.method().label(), failure.fault())),
                true);
    }

    /** What was run, by name. */
    static List<Map.Entry<String, String>> run(Report report) {
        var info = report.info();
        List<Map.Entry<String, String>> run = new ArrayList<>();
        run.add(Map.entry("agent", info.agent()));
        info.models().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(model -> run.add(Map.entry("model, " + model.getKey(), model.getValue())));
        run.add(Map.entry("items", "%s of %s done".formatted(Words.count(report.done()), Words.count(info.items()))));
        run.add(Map.entry("source", info.source()));
        run.add(Map.entry("asked", info.prompting()));
        run.add(Map.entry("carried", info.carriage()));
        Long seed = info.seed();
        if (seed != null) {
            run.add(Map.entry("seed", seed.toString()));
        }
        run.add(Map.entry("started", info.started().toString()));
        run.add(Map.entry("agent's hash", info.agentHash()));
        run.add(Map.entry("items' hash", info.fingerprint()));
        return run;
    }

    private static <T> List<List<String>> map(List<T> rows, Function<T, List<String>> cells) {
        return rows.stream().map(cells).toList();
    }
}
