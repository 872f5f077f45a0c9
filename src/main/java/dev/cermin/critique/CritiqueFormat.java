package dev.cermin.critique;

import dev.cermin.critique.Critique.Opinion;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a critic's text is read. */
public enum CritiqueFormat {
    /**
     * A computation in parts, apart by {@code ;}. The last part ends in {@code ok}, or one ends in {@code bad;} and the
     * repair goes on behind it: what the bundled model writes. The score is 1 or 0; the bad part is the issue.
     */
    COMPUTATION {
        private static final Pattern BAD = Pattern.compile("\\bbad\\b");
        private static final Pattern OK = Pattern.compile("\\bok\\s*$");

        @Override
        public Critique read(String critic, String text) {
            Matcher bad = BAD.matcher(text);
            if (bad.find()) {
                // what was ok before it is no issue
                String checked = text.substring(0, bad.start());
                int passed = checked.lastIndexOf(" ok;");
                String issue = checked.substring(passed < 0 ? 0 : passed + " ok;".length())
                        .strip();
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
     * and revise 0. The last reflection and the last output count: what stands before may be quoted. A verdict in code
     * or inside another tag is quoted, unless the text is all code or ends with it.
     */
    TAGGED {
        @Override
        public Critique read(String critic, String text) {
            return TaggedVerdict.read(critic, text);
        }
    },
    /**
     * A structured output: {@code {"verdict": "accept", "score": 0.9, "issues": ["…"]}}, with {@code revise} for the
     * other verdict. The score, a number in [0, 1] or such a text, may be missing, as above; an issue is a text or an
     * object with a {@code message} or {@code issue}. Prose or a code fence may stand around it. Of several objects the
     * last with a verdict counts.
     */
    JSON {
        @Override
        public Critique read(String critic, String text) {
            return JsonVerdict.read(critic, text);
        }
    };

    /** Reads any text; what can't be read becomes an unreadable critique, never an exception. */
    public abstract Critique read(String critic, String text);

    /** As written in agent files: {@code computation}, {@code tagged}, {@code json}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
