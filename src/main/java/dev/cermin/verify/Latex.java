package dev.cermin.verify;

import java.util.List;
import java.util.regex.Pattern;

/** The part of LaTeX that answers are written in, as plain formulas: {@code \frac{1+\sqrt{5}}{2}}. */
final class Latex {
    /** Braces are worked off from the inside; deeper ones stay, and are refused as not understood. */
    private static final int DEPTH = 30;

    private record Rule(Pattern pattern, String plain) {
        Rule(String pattern, String plain) {
            this(Pattern.compile(pattern), plain);
        }
    }

    private static final List<Rule> SIGNS = List.of(
            new Rule("\\$|\\\\[()\\[\\],;:! ]|\\\\(?:left|right|displaystyle|quad)(?![a-zA-Z])", " "),
            new Rule("\\\\(?:cdot|times)(?![a-zA-Z])", "*"),
            new Rule("\\\\div(?![a-zA-Z])", "/"),
            new Rule("\\\\pm(?![a-zA-Z])", "±"),
            new Rule("\\\\mp(?![a-zA-Z])", "∓"),
            new Rule("\\\\pi(?![a-zA-Z])", "π"),
            new Rule("\\\\[dt]frac(?![a-zA-Z])", "\\\\frac"),
            new Rule("\\\\frac\\s*([0-9])\\s*([0-9])", "\\\\frac{$1}{$2}"),
            new Rule("\\\\sqrt\\s*([0-9a-zA-Z])", "\\\\sqrt{$1}"));

    private static final List<Rule> BRACES = List.of(
            new Rule("\\\\(?:boxed|text|mathrm)\\s*\\{([^{}]*)\\}", " $1 "),
            new Rule("\\\\frac\\s*\\{([^{}]*)\\}\\s*\\{([^{}]*)\\}", "(($1)/($2))"),
            new Rule("\\\\frac\\s*\\{([^{}]*)\\}\\s*([0-9])", "(($1)/$2)"),
            new Rule("\\\\sqrt\\s*\\{([^{}]*)\\}", "sqrt($1)"),
            new Rule("\\\\sqrt\\s*\\[\\s*3\\s*\\]\\s*\\{([^{}]*)\\}", "cbrt($1)"),
            new Rule("\\\\sqrt\\s*\\[\\s*([0-9]{1,2})\\s*\\]\\s*\\{([^{}]*)\\}", "(($2)^(1/$1))"),
            new Rule("\\^\\s*\\{([^{}]*)\\}", "^($1)"),
            new Rule("_\\s*\\{([0-9]+)\\}", "_$1"));

    private Latex() {}

    static String plain(String text) {
        if (text.indexOf('\\') < 0 && text.indexOf('{') < 0 && text.indexOf('$') < 0) {
            return text;
        }
        String plain = all(SIGNS, text);
        for (int round = 0; round < DEPTH; round++) {
            String next = all(BRACES, plain);
            if (next.equals(plain)) {
                break;
            }
            plain = next;
        }
        return plain;
    }

    private static String all(List<Rule> rules, String text) {
        String plain = text;
        for (Rule rule : rules) {
            plain = rule.pattern().matcher(plain).replaceAll(rule.plain());
        }
        return plain;
    }
}
