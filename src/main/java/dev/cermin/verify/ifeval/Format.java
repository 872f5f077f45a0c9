package dev.cermin.verify.ifeval;

import dev.cermin.verify.Verifier;
import java.util.List;
import java.util.regex.Pattern;

/** The checks {@code detectable_format:…}, but for JSON. */
final class Format {
    private static final List<String> OPTIONS = List.of("My answer is yes.", "My answer is no.", "My answer is maybe.");
    // white space without line ends before a bullet: the count is the same, and long runs of blank lines take no time
    private static final Pattern STAR = Regex.ofLines("^[^\\S\n]*+\\*[^*].*$");
    private static final Pattern DASH = Regex.ofLines("^[^\\S\n]*+-.*$");
    private static final Pattern HIGHLIGHT = Regex.of("\\*[^\n*]*\\*");
    private static final Pattern DOUBLE = Regex.of("\\*\\*[^\n*]*\\*\\*");

    private Format() {}

    static Verifier bullets(int bullets) {
        int limit = TextCheck.limit("num-bullets", bullets, 0);
        return TextCheck.of(
                "detectable_format:number_bullet_lists",
                response -> Finding.exactly(
                                Regex.count(STAR, response) + Regex.count(DASH, response), "bullet point", limit)
                        .of("Lines that start with * or -"));
    }

    static Verifier constrained() {
        return TextCheck.of(
                "detectable_format:constrained_response",
                response -> OPTIONS.stream()
                        .filter(response::contains)
                        .findFirst()
                        .map(option -> Finding.good("The response says: " + option))
                        .orElseGet(
                                () -> Finding.bad("None of these is in the response: " + String.join(" ", OPTIONS))));
    }

    static Verifier highlights(int highlights) {
        int limit = TextCheck.limit("num-highlights", highlights, 0);
        return TextCheck.of(
                "detectable_format:number_highlighted_sections",
                response -> Finding.compared(
                                filled(HIGHLIGHT, response) + filled(DOUBLE, response),
                                "highlighted section",
                                Relation.AT_LEAST,
                                limit)
                        .of("In *asterisks*"));
    }

    private static int filled(Pattern pattern, String response) {
        return (int) pattern.matcher(response)
                .results()
                .filter(match -> !Texts.isBlank(match.group().replace("*", "")))
                .count();
    }

    static Verifier sections(String splitter, int sections) {
        String word = Regex.checked("section-spliter", Texts.strip(splitter));
        int limit = TextCheck.limit("num-sections", sections, 0);
        Pattern pattern = Regex.of("\\s?" + word + "\\s?\\d+\\s?");
        return TextCheck.of(
                "detectable_format:multiple_sections",
                response -> Finding.compared(Regex.count(pattern, response), "section", Relation.AT_LEAST, limit)
                        .of("Marked '" + word + " 1' and so on"));
    }

    static Verifier title() {
        return TextCheck.of("detectable_format:title", response -> {
            for (String line : response.split("\n")) {
                int from = line.indexOf("<<");
                int to = line.lastIndexOf(">>");
                if (from >= 0 && to > from + 2 && !Texts.isBlank(bare(line.substring(from, to)))) {
                    return Finding.good("The title is " + Texts.first(line.substring(from, to + 2)));
                }
            }
            return Finding.bad("No title found on a line, in double angular brackets: <<title>>");
        });
    }

    private static String bare(String title) {
        int end = title.length();
        while (end > 0 && title.charAt(end - 1) == '>') {
            end--;
        }
        return Texts.strip(title.substring(0, end), '<', false);
    }
}
