package dev.cermin.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.eval.Answered;
import dev.cermin.eval.ItemResult;
import dev.cermin.eval.Mark;
import dev.cermin.eval.Method;
import dev.cermin.eval.Results;
import dev.cermin.eval.RunInfo;
import dev.cermin.eval.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    private static final String EVIL =
            "</pre></title><script>alert('x')</script>\"><img src=x onerror=alert(1)>&amp;{id}";

    /** Kept in target/eval-report, to be looked at. */
    private static Document page(String name, Results results) throws IOException {
        String html = Report.of(results).html("http://localhost:8080/traces/{id}");
        Files.writeString(Files.createDirectories(Path.of("target/eval-report")).resolve(name + ".html"), html);
        Parser parser = Parser.htmlParser().setTrackErrors(20);
        Document page = Jsoup.parse(html, "", parser);
        assertThat(parser.getErrors()).isEmpty();
        return page;
    }

    @Test
    void needsNothingElse() throws IOException {
        Document page = page("likely", Made.likely(200, 1));

        assertThat(page.select("script, link, img, iframe, [src]")).isEmpty();
        assertThat(page.selectFirst("style").data())
                .contains("prefers-color-scheme: dark")
                .contains("max-width: 34rem")
                .doesNotContain("url(")
                .doesNotContain("@import");
        assertThat(page.selectFirst("meta[name=viewport]")).isNotNull();
        assertThat(page.selectFirst("html").attr("lang")).isEqualTo("en");
    }

    @Test
    void showsTheTablesOfTheTerminal() throws IOException {
        Document page = page("likely", Made.likely(200, 1));
        Element accuracy = page.selectFirst("table:has(caption:containsOwn(Right answers))");

        assertThat(page.selectFirst("p.summary").text()).startsWith("Reflection has 167 of 200 items right: 83.5 %");
        assertThat(accuracy.select("tbody tr").eachText())
                .contains("single shot 132 of 200 66.0 % (59.2 to 72.2) 66.0 % (59.2 to 72.2)");
        assertThat(page.select("table")).allSatisfy(table -> {
            assertThat(table.selectFirst("caption").text()).isNotEmpty();
            assertThat(table.select("thead th").eachAttr("scope")).containsOnly("col");
            assertThat(table.select("tbody th").eachAttr("scope")).containsOnly("row");
        });
    }

    @Test
    void drawsFivePlotsAndTellsThemInWords() throws IOException {
        Document page = page("likely", Made.likely(200, 1));

        assertThat(page.select("svg > title").eachText())
                .containsExactly(
                        "Accuracy by round",
                        "Accuracy against tokens",
                        "Flips",
                        "Why loops ended",
                        "Accuracy by category");
        assertThat(page.select("svg[role=img]")).hasSize(5);
        assertThat(page.select("svg > desc").getFirst().text())
                .contains("single shot 66.0 % (59.2 to 72.2)")
                .contains("best of n 70.0 %");
        assertThat(page.selectFirst("svg").select("circle")).hasSize(6);
        assertThat(page.select("svg *").stream()
                        .flatMap(shape -> shape.attributes().asList().stream())
                        .map(Attribute::getValue))
                .noneMatch(value -> value.contains("NaN") || value.contains("Infinity"));
        assertThat(page.select("svg").stream()).allSatisfy(ReportPageTest::isWithinItsFrame);
    }

    private static void isWithinItsFrame(Element svg) {
        String[] box = svg.attr("viewBox").split(" ");
        for (String[] names : List.of(new String[] {"x", "cx", "x1", "x2"}, new String[] {"y", "cy", "y1", "y2"})) {
            double most = Double.parseDouble(box[names[0].equals("x") ? 2 : 3]);
            for (String name : names) {
                assertThat(svg.select("*").eachAttr(name))
                        .allSatisfy(
                                value -> assertThat(Double.parseDouble(value)).isBetween(0.0, most));
            }
        }
    }

    @Test
    void linksEveryAnswersTrace() throws IOException {
        Results results = Made.likely(20, 2);
        Document page = page("few", results);

        assertThat(page.select("a").eachAttr("href"))
                .containsExactlyInAnyOrderElementsOf(results.items().stream()
                        .flatMap(item -> item.by().values().stream())
                        .map(answered -> "http://localhost:8080/traces/" + answered.task())
                        .toList());
        assertThat(Jsoup.parse(Report.of(results).html()).select("a")).isEmpty();
    }

    @Test
    void foldsOnlyWhatWentWellAway() throws IOException {
        ItemResult failed = Made.item("f", "sums", Map.of(Method.REFLECTION, Made.failed("f", "503")));
        Document page = page(
                "groups",
                Made.of(
                        Made.item("a", true),
                        Made.item("b", false, true),
                        Made.item("c", true, false),
                        Made.item("d", false),
                        failed));

        assertThat(page.select("details.group[open] > summary").eachText())
                .containsExactly(
                        "Failed, 1 item",
                        "Right to wrong, 1 item",
                        "Wrong to right, 1 item",
                        "Wrong before and after, 1 item");
        assertThat(page.select("details.group:not([open]) > summary").eachText())
                .containsExactly("Right before and after, 1 item");
        assertThat(page.select("details.item > summary > b").eachText()).containsExactly("f", "c", "b", "d", "a");
    }

    @Test
    void escapesAllThatIsStored() throws IOException {
        Score score = new Score(EVIL, List.of(Mark.of(EVIL, false)), EVIL);
        Answered answered =
                new Answered(UUID.randomUUID(), EVIL, EVIL, Made.after(0, score), List.of(Made.after(0, score)), null);
        RunInfo info = new RunInfo(
                EVIL,
                EVIL,
                EVIL,
                3,
                EVIL,
                EVIL,
                EVIL,
                Map.of(EVIL, EVIL),
                EVIL,
                List.of(Method.REFLECTION),
                null,
                null,
                Instant.EPOCH);
        Document page = page(
                "escaped",
                new Results(
                        info,
                        List.of(
                                new ItemResult(EVIL, EVIL, EVIL, EVIL, Map.of(Method.REFLECTION, answered)),
                                new ItemResult(
                                        EVIL + 2,
                                        EVIL + 2,
                                        EVIL,
                                        EVIL,
                                        Map.of(Method.REFLECTION, Made.failed("f", EVIL))))));

        assertThat(page.select("script, img")).isEmpty();
        assertThat(page.getAllElements().stream().flatMap(element -> element.attributes().asList().stream()))
                .noneMatch(attribute -> attribute.getKey().startsWith("on"));
        assertThat(page.select("pre").eachText()).hasSize(5).containsOnly(EVIL);
        assertThat(page.title()).isEqualTo(EVIL + ", " + EVIL);
        assertThat(page.select("details.item > summary > b").eachText()).containsExactlyInAnyOrder(EVIL, EVIL + 2);
    }

    @Test
    void saysAtTheTopThatItIsPartialAndShowsNoFiguresOfNothing() throws IOException {
        Document page = page("none", new Results(Made.info(10, Made.ALL), List.of()));

        assertThat(page.select("p.warning").eachText())
                .containsExactly("PARTIAL: 0 of 10 items are done. The figures are of those alone.");
        assertThat(page.selectFirst("p.summary").text()).isEqualTo("No item is done yet.");
        assertThat(page.select("svg, table")).isEmpty();
    }

    @Test
    void isOfOneItemToo() throws IOException {
        Document page = page("one", Made.of(Made.item("a", true)));

        assertThat(page.selectFirst("p.summary").text())
                .startsWith("Reflection has 1 of 1 item right: 100.0 % (20.7 to 100.0).");
        assertThat(page.select("svg").stream()).hasSize(4).allSatisfy(ReportPageTest::isWithinItsFrame);
    }

    @Test
    void isOfTwoThousandItemsToo() throws IOException {
        Document page = page("many", Made.likely(2000, 3));

        assertThat(page.select("details.item")).hasSize(2000);
    }

    @Test
    void leavesPlotsOfVeryManyCategoriesOut() throws IOException {
        ItemResult[] items = new ItemResult[80];
        for (int i = 0; i < items.length; i++) {
            items[i] = Made.item("i" + i, "c" + i, Map.of(Method.REFLECTION, Made.answered("i" + i, true)));
        }
        Document page = page("categories", Made.of(items));

        assertThat(page.select("svg > title").eachText()).doesNotContain("Accuracy by category");
        assertThat(page.selectFirst("table:has(caption:containsOwn(By category))")
                        .select("tbody tr"))
                .hasSize(80);
    }
}
