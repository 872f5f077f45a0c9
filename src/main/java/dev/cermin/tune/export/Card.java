package dev.cermin.tune.export;

import dev.cermin.json.Json;
import dev.cermin.tune.export.Export.Terms;
import dev.cermin.tune.export.Exported.File;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The data card: {@code README.md} as the Hugging Face Hub reads it, and the scores' histograms beside it. */
final class Card {
    private static final String SVG = "image/svg+xml";
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+-]*");

    private static final Engine ENGINE = Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(SVG)))
            .build();
    private static final Template CARD = template("card.md", Variant.TEXT_PLAIN);
    private static final Template HISTOGRAM = template("histogram.svg", SVG);

    private Card() {}

    static String picture(Histogram histogram) {
        Picture picture = new Picture(histogram);
        return HISTOGRAM
                .data("name", histogram.name())
                .data("description", picture.description())
                .data("bars", picture.bars())
                .data("ticks", picture.ticks())
                .data("one", picture.one())
                .data("most", Words.count(histogram.most()))
                .render();
    }

    static String of(Exported exported, Collector collector, Terms terms) {
        List<File> written =
                exported.files().stream().filter(file -> file.rows() > 0).toList();
        return CARD.data("licence", frontMatter(terms.licences()))
                .data("written", written.stream().map(Card::config).toList())
                .data("summary", summary(exported, collector))
                .data("files", written.stream().map(Card::row).toList())
                .data("leftOut", leftOut(exported.files()))
                .data("sources", sources(collector))
                .data("inputs", collector.inputs())
                .data("judges", judges(collector))
                .data("scores", scores(collector))
                .data("licences", terms.licences().stream().map(Card::cell).toList())
                .data("rules", rules(exported, collector, terms))
                .data("broken", exported.brokenLines())
                .render();
    }

    /** A configuration of the Hub. */
    record Config(String name, String file) {}

    private static Config config(File file) {
        return new Config(file.format().label(), file.name());
    }

    private static String frontMatter(List<String> licences) {
        if (licences.isEmpty()) {
            return "license: unknown";
        }
        if (licences.stream().allMatch(licence -> IDENTIFIER.matcher(licence).matches())) {
            List<String> known = licences.stream()
                    .map(licence -> Json.text(licence.toLowerCase(Locale.ROOT)))
                    .toList();
            return "license: " + (known.size() == 1 ? known.getFirst() : known.toString());
        }
        return "license: other\nlicense_name: " + Json.text(String.join("; ", licences));
    }

    private static String summary(Exported exported, Collector collector) {
        List<String> parts = new ArrayList<>();
        if (collector.selection()) {
            parts.add("%s of %s samples, as a student's own scores selected them"
                    .formatted(Words.count(collector.kept()), Words.count(collector.samples())));
        } else if (collector.samples() > 0) {
            parts.add(Words.count(collector.samples()) + " samples");
        }
        long corrections = exported.read() - collector.samples();
        if (corrections > 0) {
            parts.add(Words.count(corrections) + " accepted corrections with the drafts that they replaced");
        }
        return parts.isEmpty() ? "Nothing was read." : String.join(", and ", parts) + ".";
    }

    record FileRow(String name, String rows, String made, String readBy) {}

    private static FileRow row(File file) {
        return new FileRow(
                "`%s`".formatted(file.name()),
                Words.count(file.rows()),
                Words.count(file.taken()),
                file.format().readBy());
    }

    record Reason(String file, String reason, String count) {}

    private static List<Reason> leftOut(List<File> files) {
        return files.stream()
                .flatMap(file -> file.leftOut().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(left -> new Reason(file.name(), left.getKey(), Words.count(left.getValue()))))
                .toList();
    }

    record SourceRow(String name, String read, String used) {}

    private static List<SourceRow> sources(Collector collector) {
        return collector.sources().entrySet().stream()
                .map(source -> new SourceRow(
                        cell(source.getKey()),
                        Words.count(source.getValue().read()),
                        Words.count(source.getValue().used())))
                .toList();
    }

    private static List<String> judges(Collector collector) {
        return collector.judges().entrySet().stream()
                .map(judge -> Words.count(judge.getValue())
                        + " times a "
                        + judge.getKey().name().toLowerCase(Locale.ROOT))
                .toList();
    }

    record ScoreRow(String name, String picture, String told, String kept, String all, String unscored) {}

    private static List<ScoreRow> scores(Collector collector) {
        return collector.histograms().stream()
                .filter(Histogram::any)
                .map(histogram -> new ScoreRow(
                        histogram.name(),
                        histogram.fileName(),
                        new Picture(histogram).description(),
                        figures(histogram.keptSummary()),
                        figures(histogram.allSummary()),
                        Words.count(histogram.unscored())))
                .toList();
    }

    private static String figures(Histogram.Summary summary) {
        return summary.count() == 0
                ? "none"
                : String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", summary.mean(), summary.least(), summary.most());
    }

    private static List<String> rules(Exported exported, Collector collector, Terms terms) {
        List<Format> formats = exported.files().stream().map(File::format).toList();
        List<String> rules = new ArrayList<>();
        if (collector.selection()) {
            rules.add("A teacher's new instruction was kept where its IFD is higher than the old one's.");
            rules.add(
                    "A teacher's new answer was kept where its r-IFD is lower than the old one's; a tie kept the old one.");
            rules.add("In the set are samples with IFD and r-IFD under 1 whose answer was reflected on.");
            rules.add("A sample that could not be scored is not in the set.");
        }
        if (formats.contains(Format.PREFERENCE)
                || formats.contains(Format.OPENAI_PREFERENCE)
                || formats.contains(Format.KTO)) {
            rules.add(
                    "Preferences and labels are written only where a deterministic verifier or a person says that the "
                            + "correction is better, never on a model's opinion.");
        }
        if (formats.contains(Format.REFLECTION_TWICE)) {
            rules.add(
                    "In `reflection-twice.jsonl` an answer with a `<reflection>` stands twice: with the loss on all of it,"
                            + " and with the loss only behind the first such tag.");
        }
        rules.add("Texts are written as they were stored.");
        terms.rules().stream().map(Card::cell).forEach(rules::add);
        return rules;
    }

    /** On one line, and no Markdown or HTML of its own. */
    private static String cell(String text) {
        return text.strip()
                .replaceAll("\\s+", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replaceAll("([\\\\`*_\\[\\]|#!])", "\\\\$1");
    }

    private static Template template(String name, String type) {
        try (InputStream in = Card.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "No resource '%s' beside %s; the jar is not whole".formatted(name, Card.class.getName()));
            }
            return ENGINE.parse(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8), Variant.forContentType(type), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
