package dev.cermin.critique;

import dev.cermin.critique.Critique.Opinion;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a critic's text is read. */
public enum CritiqueFormat {
    /**
     * A computation that ends in {@code ok}, or goes on after {@code bad;} with the repair: what the bundled model
     * writes. The score is 1 or 0.
     */
    COMPUTATION {
        private static final Pattern BAD = Pattern.compile("\\bbad\\b");
        private static final Pattern OK = Pattern.compile("\\bok\\s*$");

        @Override
        public Critique read(String critic, String text) {
            Matcher bad = BAD.matcher(text);
            if (bad.find()) {
                String issue = text.substring(0, bad.start()).strip();
                return new Critique(critic, Opinion.REVISE, 0, issue.isEmpty() ? List.of() : List.of(issue), text);
            }
            return OK.matcher(text).find()
                    ? new Critique(critic, Opinion.ACCEPT, 1, List.of(), text)
                    : Critique.unreadable(critic, "The computation ends in neither ok nor bad", text);
        }
    },
    /**
     * The tags of Reflection-Tuning: the reflection in {@code <reflection>}, an issue a line, then {@code accept} or
     * {@code revise} in {@code <output>}, with an optional score in [0, 1] behind it. Without a score, accept is 1
     * and revise 0.
     */
    TAGGED {
        private static final Pattern VERDICT =
                Pattern.compile("^\\s*(accept|revise)\\b[\\s:,;]*([01](?:\\.[0-9]+)?)?\\s*\\.?\\s*$");
        private static final Pattern LIST_MARK = Pattern.compile("^\\s*(?:[-*•]|[0-9]+[.)])\\s*");

        @Override
        public Critique read(String critic, String text) {
            String verdict = TaggedText.last(text, "output").orElse("").toLowerCase(Locale.ROOT);
            Matcher said = VERDICT.matcher(verdict);
            if (!said.matches()) {
                return Critique.unreadable(critic, "Expected <output>accept</output> or <output>revise</output>", text);
            }
            boolean accept = said.group(1).equals("accept");
            double score = said.group(2) == null ? (accept ? 1 : 0) : Math.min(1, Double.parseDouble(said.group(2)));
            List<String> issues = accept
                    ? List.of()
                    : TaggedText.last(text, "reflection")
                            .orElse("")
                            .lines()
                            .map(line ->
                                    LIST_MARK.matcher(line).replaceFirst("").strip())
                            .filter(line -> !line.isEmpty())
                            .toList();
            return new Critique(critic, accept ? Opinion.ACCEPT : Opinion.REVISE, score, issues, text);
        }
    },
    /** A JSON object with verdict, score and issues. */
    JSON {
        @Override
        public Critique read(String critic, String text) {
            return Critique.unreadable(critic, "to come", text);
        }
    };

    /** Reads any text; what can't be read becomes an unreadable critique, never an exception. */
    public abstract Critique read(String critic, String text);

    /** As written in agent files: {@code computation}, {@code tagged}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
