package dev.cermin.eval.report;

import dev.cermin.plot.Drawing;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A report as a page. All that comes from items, answers and agents is escaped. */
final class ReportPage {
    /** Categories that a plot still shows; more are in the table alone. */
    private static final int MOST_CATEGORIES = 60;

    /** The engine's own limit of ten seconds could be short for thousands of long answers. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final Template PAGE = page();

    private ReportPage() {}

    /** Items under one heading. */
    private record Group(String title, boolean open, List<ItemView> items) {}

    static String of(Report report, Traces traces) {
        return PAGE.data("title", Notes.title(report))
                .data("warnings", Notes.warnings(report))
                .data("summary", Notes.summary(report))
                .data("accuracy", List.of(Tables.accuracy("Right answers", report.rows())))
                .data("accuracyPlots", List.of(RoundsPlot.of(report), TokensPlot.of(report)))
                .data("pairs", Notes.pairs(report))
                .data("flips", List.of(Tables.pairs(report.pairs())))
                .data("flipPlots", List.of(BarPlots.flips(report.pairs())))
                .data("spent", List.of(Tables.perItem(report.rows()), Tables.inAll(report.rows())))
                .data("judgement", List.of(Tables.acceptance(report.acceptance()), Tables.stops(report.stops())))
                .data("judged", Notes.acceptance(report.acceptance()))
                .data("judgementPlots", List.of(BarPlots.stops(report.stops())))
                .data("categories", categories(report))
                .data("categoryPlots", categoryPlots(report))
                .data("categoryTables", categoryTables(report))
                .data("failures", report.failures().isEmpty() ? List.of() : List.of(Tables.failures(report.failures())))
                .data("groups", groups(report, traces))
                .data("run", Tables.run(report))
                .data("remarks", Notes.remarks(report))
                .data("style", new RawString(resource("report.css")))
                .render();
    }

    private static boolean divided(Report report) {
        return report.categories().size() > 1;
    }

    private static List<Table> categories(Report report) {
        return divided(report) ? List.of(Tables.categories(report)) : List.of();
    }

    private static List<Drawing> categoryPlots(Report report) {
        return divided(report) && report.categories().size() <= MOST_CATEGORIES
                ? List.of(BarPlots.categories(report.categories()))
                : List.of();
    }

    private static List<Table> categoryTables(Report report) {
        return divided(report)
                ? report.categories().stream()
                        .map(category -> Tables.accuracy(
                                "%s, %s".formatted(category.name(), Words.items(category.items())), category.rows()))
                        .toList()
                : List.of();
    }

    private static List<Group> groups(Report report, Traces traces) {
        List<Step> steps = Step.of(report.results());
        List<ItemView> items = report.items().stream()
                .map(item -> ItemView.of(item, steps, traces))
                .toList();
        List<Group> groups = new ArrayList<>();
        List<ItemView> left = take(groups, "Failed", true, items, ItemView::failed);
        left = take(groups, "Right to wrong", true, left, item -> item.flipped() && !item.right());
        left = take(groups, "Wrong to right", true, left, ItemView::flipped);
        left = take(groups, "Wrong before and after", true, left, item -> !item.right());
        take(groups, "Right before and after", false, left, item -> true);
        return groups;
    }

    /** Adds those that fit and returns the others. */
    private static List<ItemView> take(
            List<Group> groups, String title, boolean open, List<ItemView> items, Predicate<ItemView> fits) {
        List<ItemView> fitting = items.stream().filter(fits).toList();
        if (!fitting.isEmpty()) {
            groups.add(new Group("%s, %s".formatted(title, Words.items(fitting.size())), open, fitting));
        }
        return items.stream().filter(fits.negate()).toList();
    }

    private static Template page() {
        Variant html = Variant.forContentType(Variant.TEXT_HTML);
        Engine engine = Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                .timeout(LIMIT.toMillis())
                .build();
        for (String part : List.of("table.html", "item.html")) {
            engine.putTemplate(part, engine.parse(resource(part), html, part));
        }
        engine.putTemplate("plot.html", engine.parse(resource("/dev/cermin/plot/plot.html"), html, "plot.html"));
        return engine.parse(resource("report.html"), html, "report.html");
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "No resource '%s' beside %s; the jar is not whole".formatted(name, ReportPage.class.getName()));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
