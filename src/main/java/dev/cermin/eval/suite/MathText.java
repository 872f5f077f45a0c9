package dev.cermin.eval.suite;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer to one of MATH's problems in a form of its own, so that most that are equal are equal texts: signs of one
 * kind, no spacing, no units, fractions as {@code \frac{1}{2}}.
 *
 * @param text in LaTeX
 * @param words whether it is a word or some, such as {@code east}, and no formula
 */
record MathText(String text, boolean words) {
    /** Characters of an answer; longer ones are none. */
    static final int LONGEST = 1000;

    private static final String NAMED = "\\\\(?:text|textbf|textit|textrm|mbox|mathrm|mathbf)\\s*\\{([^{}]*)\\}";
    private static final Pattern ONLY_TEXT = Pattern.compile("^\\$?\\s*" + NAMED + "\\s*\\$?$");
    private static final Pattern TEXT = Pattern.compile(NAMED + "(\\s*\\^\\s*\\{?[0-9]\\}?)?");
    /** Shorter ones may be products of names. */
    private static final Pattern WORDS = Pattern.compile("[A-Za-z]{4}[A-Za-z' -]*");
    /** Behind a number: what it counts. */
    private static final Pattern UNIT = Pattern.compile("^(.*[0-9}])(?:\\s+"
            + "(?!(?:and|or|pi|sqrt|sin|cos|tan|cot|sec|csc|log|ln|in|cup)\\b)"
            + "[A-Za-z]{2,}[A-Za-z. ]*(?:\\^\\{?[0-9]\\}?)?|(?:st|nd|rd|th))$");

    private static final Pattern MIXED = Pattern.compile("^(-?)([0-9]+)\\s*\\\\frac\\{([0-9]+)\\}\\{([0-9]+)\\}$");
    private static final Pattern MIXED_PLAIN = Pattern.compile("^(-?)([0-9]+) +([0-9]+)/([0-9]+)$");
    private static final Pattern SIGNED = Pattern.compile("^(-?)\\\\frac\\{(-?)([^{}]+)\\}\\{(-?)([^{}]+)\\}$");
    private static final Pattern THOUSANDS = Pattern.compile("^(-?[0-9]{1,3})((?:,[0-9]{3})+)((?:\\.[0-9]+)?)$");
    private static final Pattern DECIMAL = Pattern.compile("^(-?)([0-9]*)\\.([0-9]*?)0*$");

    private record Rule(Pattern pattern, String with) {
        Rule(String pattern, String with) {
            this(Pattern.compile(pattern), with);
        }
    }

    /** What looks different and means the same; a macro ends where no letter follows. */
    private static final List<Rule> SIGNS = List.of(
            new Rule("\\\\(?:left|right|[bB]igg?[lr]?|displaystyle|limits)(?![a-zA-Z])", ""),
            new Rule("(?<=[0-9])(?:,\\s*\\\\!|\\{,\\})\\s*(?=[0-9]{3})", ""),
            new Rule("(?<!\\\\)\\\\[,;:!> ]|~|\\\\q?quad(?![a-zA-Z])|\\\\hspace\\{[^{}]*\\}", " "),
            new Rule("\\\\\\$|\\\\%|%|\\\\#|€|£|\\$", ""),
            new Rule("\\^\\s*\\{?\\s*\\\\circ\\s*\\}?|\\\\degrees?(?![a-zA-Z])|\\\\textdegree|°", ""),
            new Rule("\\\\[dtc]frac(?![a-zA-Z])", "\\\\frac"),
            new Rule("\\\\frac\\s*([0-9a-zA-Z])\\s*([0-9a-zA-Z])", "\\\\frac{$1}{$2}"),
            new Rule("\\\\frac\\s*(\\{[^{}]*\\})\\s*([0-9a-zA-Z])", "\\\\frac$1{$2}"),
            new Rule("\\\\frac\\s*([0-9a-zA-Z])\\s*(\\{[^{}]*\\})", "\\\\frac{$1}$2"),
            new Rule("\\\\frac\\s*\\{\\s*([^{}]*?)\\s*\\}\\s*\\{\\s*([^{}]*?)\\s*\\}", "\\\\frac{$1}{$2}"),
            new Rule("\\\\sqrt\\s*([0-9a-zA-Z])", "\\\\sqrt{$1}"),
            new Rule("\\\\leq?(?![a-zA-Z])|≤", "\\\\le "),
            new Rule("\\\\geq?(?![a-zA-Z])|≥", "\\\\ge "),
            new Rule("\\+?\\s*(?:\\\\infty|∞|\\binfinity\\b)", "\\\\infty "),
            new Rule("\\\\(?:big)?cup(?![a-zA-Z])|∪", "\\\\cup "),
            new Rule("\\\\pm(?![a-zA-Z])|±", "\\\\pm "),
            new Rule("\\\\pi(?![a-zA-Z])|π", "\\\\pi "),
            new Rule("[−–]", "-"),
            new Rule("\\\\[lr]brack(?![a-zA-Z])", ""),
            new Rule("\\\\lbrace(?![a-zA-Z])", "\\\\{"),
            new Rule("\\\\rbrace(?![a-zA-Z])", "\\\\}"),
            new Rule("\\s+(?:and|or)\\s+", ","));

    /** Of an answer as it was written. */
    static MathText of(String answer) {
        if (answer.length() > LONGEST) {
            return new MathText("", false);
        }
        String bare = bare(answer);
        Matcher only = ONLY_TEXT.matcher(bare);
        String inner = (only.matches() ? only.group(1) : bare).strip();
        Matcher choice = Pattern.compile("\\(([A-Za-z])\\)").matcher(inner);
        if (choice.matches()) {
            return new MathText(choice.group(1), false);
        }
        boolean named = only.matches() && inner.matches("[A-Za-z' -]{2,}");
        if (named || WORDS.matcher(inner).matches()) {
            return new MathText(inner.toLowerCase(Locale.ROOT), true);
        }
        return new MathText(formula(bare), false);
    }

    /** Without what stands around it: delimiters of formulas, a box, bold, a full stop. */
    private static String bare(String answer) {
        String text = answer;
        String before;
        do {
            before = text;
            text = text.strip();
            text = text.replaceFirst("^\\*+", "").replaceFirst("\\*+$", "");
            text = text.replaceFirst("(?s)^\\$\\$?([^$]*)\\$?\\$$", "$1");
            text = text.replaceFirst("(?s)^\\\\\\((.*)\\\\\\)$", "$1").replaceFirst("(?s)^\\\\\\[(.*)\\\\\\]$", "$1");
            text = text.replaceFirst("(?<=.)[.:;,]$", "");
            text = MathAnswer.boxed(text).orElse(text);
        } while (!text.equals(before));
        return text;
    }

    private static String formula(String bare) {
        String text = withoutUnits(bare);
        for (Rule rule : SIGNS) {
            text = rule.pattern().matcher(text).replaceAll(rule.with());
        }
        text = UNIT.matcher(text.strip()).replaceFirst("$1");
        text = THOUSANDS
                .matcher(text.strip())
                .replaceFirst(number -> number.group(1) + number.group(2).replace(",", "") + number.group(3));
        text = improper(improper(text.strip(), MIXED), MIXED_PLAIN);
        // a space stays only where a letter would run into a macro
        text = text.replaceAll("(\\\\[a-zA-Z]+)\\s+(?=[a-zA-Z])", "$1 ").replaceAll("(?<!\\\\[a-zA-Z]{1,20})\\s+", "");
        text = text.replaceAll("(\\\\[a-zA-Z]+) (?![a-zA-Z])", "$1");
        text = text.replaceFirst("^(-?)([0-9]+)/([0-9]+)$", "$1\\\\frac{$2}{$3}")
                .replaceFirst("^\\+", "");
        text = DECIMAL.matcher(text).replaceFirst(MathText::decimal);
        return SIGNED.matcher(text).replaceFirst(MathText::signed);
    }

    /** Text behind a formula is what it counts; between formulas, {@code and} and {@code or} are commas. */
    private static String withoutUnits(String text) {
        return TEXT.matcher(text).replaceAll(found -> {
            String content = found.group(1).strip();
            if (content.matches("and|or|,|, ?and|, ?or")) {
                return ",";
            }
            if (content.equals("i") || content.equals("e")) {
                return content;
            }
            boolean behind =
                    !text.substring(0, found.start()).replaceAll("[$\\s]", "").isEmpty();
            return behind && !text.substring(0, found.start()).stripTrailing().matches("(?s).*[,(=]")
                    ? " "
                    : Matcher.quoteReplacement(" " + content + " ");
        });
    }

    /** {@code 1\frac{1}{2}} is {@code \frac{3}{2}}. */
    private static String improper(String text, Pattern mixed) {
        Matcher matcher = mixed.matcher(text);
        if (!matcher.matches() || text.length() > 30) {
            return text;
        }
        var under = new BigInteger(matcher.group(4));
        var over = new BigInteger(matcher.group(2)).multiply(under).add(new BigInteger(matcher.group(3)));
        return "%s\\frac{%s}{%s}".formatted(matcher.group(1), over, under);
    }

    private static String decimal(MatchResult number) {
        String whole = number.group(2).isEmpty() ? "0" : number.group(2);
        String rest = number.group(3);
        return number.group(1) + whole + (rest.isEmpty() ? "" : "." + rest);
    }

    /** One sign at most, in front. */
    private static String signed(MatchResult fraction) {
        int signs = fraction.group(1).length()
                + fraction.group(2).length()
                + fraction.group(4).length();
        String over = fraction.group(3);
        boolean single =
                over.matches("[0-9a-zA-Z.]+") || signs == fraction.group(1).length();
        return Matcher.quoteReplacement(
                single
                        ? (signs % 2 == 1 ? "-" : "") + "\\frac{%s}{%s}".formatted(over, fraction.group(5))
                        : fraction.group());
    }
}
