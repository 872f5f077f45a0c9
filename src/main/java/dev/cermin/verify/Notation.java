package dev.cermin.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Formulas as people and models write them, made explicit: {@code 2ab√3} is {@code 2*a*b*sqrt(3)}. Names are single
 * letters, with a subscript or without: {@code x}, {@code x_1}, {@code π}. LaTeX is read as far as {@link Latex} goes.
 */
final class Notation {
    /** Characters of one formula. */
    static final int LONGEST = 1000;

    private static final Pattern RADICAL = Pattern.compile("[√∛]|sqrt|cbrt");
    private static final Pattern RAISED = Pattern.compile("⁻?[⁰¹²³⁴-⁹]+");
    private static final String DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final Pattern PI = Pattern.compile("(?<!\\p{L})pi(?!\\p{L})");

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<number>[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)"
            + "|(?<root>sqrt|cbrt)|(?<name>\\p{L}(?:_[0-9]{1,3})?)|(?<sign>[-+*/^()]))");
    private static final Pattern WORD = Pattern.compile("\\p{L}{2,}");
    private static final Set<String> FUNCTIONS = Set.of(
            "sin", "cos", "tan", "cot", "sec", "csc", "log", "ln", "lg", "exp", "abs", "max", "min", "mod", "gcd",
            "lcm", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "floor", "ceil", "sign", "inf", "lim", "int");
    private static final int LONGEST_PRODUCT = 4;

    private Notation() {}

    /** Whether there is a root to be drawn. */
    static boolean hasRadical(String text) {
        return RADICAL.matcher(text).find();
    }

    /** Signs of one kind; still with implicit products. What is far too long stays, to be refused later. */
    static String plain(String text) {
        if (text.length() > 4 * LONGEST) {
            return text;
        }
        String plain = Latex.plain(text.strip())
                .replace('−', '-')
                .replace('–', '-')
                .replace('×', '*')
                .replace('·', '*')
                .replace('⋅', '*')
                .replace('÷', '/')
                .replace("**", "^")
                .replace("√", "sqrt")
                .replace("∛", "cbrt");
        plain = RAISED.matcher(plain).replaceAll(digits -> "^(" + lowered(digits.group()) + ")");
        return PI.matcher(plain).replaceAll("π").strip();
    }

    private static String lowered(String raised) {
        StringBuilder plain = new StringBuilder();
        raised.chars().forEach(digit -> plain.append(digit == '⁻' ? "-" : "" + DIGITS.indexOf(digit)));
        return plain.toString();
    }

    /** The formula, or both of them where it has a ±; the signs go together, as in {@code ±a∓b}. */
    static List<String> branches(String plain) {
        if (plain.indexOf('±') < 0 && plain.indexOf('∓') < 0) {
            return List.of(plain);
        }
        return List.of(
                plain.replace('±', '+').replace('∓', '-'),
                plain.replace('±', '-').replace('∓', '+'));
    }

    /**
     * With every product written out.
     *
     * @throws ArithmeticException where the text is no formula; the message names the place
     */
    static String explicit(String plain) {
        if (plain.length() > LONGEST) {
            throw new ArithmeticException(
                    "a formula of %d characters is too long; up to %d are read".formatted(plain.length(), LONGEST));
        }
        refuseWords(plain);
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(plain);
        int at = 0;
        boolean operand = false;
        while (matcher.region(at, plain.length()).lookingAt()) {
            at = matcher.end();
            String token = matcher.group().strip();
            boolean number = matcher.group("number") != null;
            boolean opens = matcher.group("sign") == null || token.equals("(");
            if (operand && number && !tokens.getLast().equals(")")) {
                throw new ArithmeticException(
                        "'%s %s' is neither a product nor a number".formatted(tokens.getLast(), token));
            }
            if (operand && opens) {
                tokens.add("*");
            }
            tokens.add(token);
            operand = number || matcher.group("name") != null || token.equals(")");
        }
        if (!plain.substring(at).isBlank()) {
            throw new ArithmeticException("'%s' is not understood".formatted(Place.excerpt(plain.substring(at))));
        }
        return joined(tokens);
    }

    private static void refuseWords(String plain) {
        Matcher words = WORD.matcher(plain);
        while (words.find()) {
            String word = words.group().replaceAll("sqrt|cbrt", "");
            if (FUNCTIONS.contains(word)) {
                throw new UndecidedException("functions such as " + word + " are beyond this check");
            }
            if (word.length() > LONGEST_PRODUCT) {
                throw new ArithmeticException(
                        "'%s' is a word; names are single letters".formatted(Place.excerpt(words.group())));
            }
        }
    }

    /** A sign after ^, and a root without parentheses, get their own. */
    private static String joined(List<String> tokens) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            String next = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
            boolean wraps = isRoot(token);
            boolean negates = i > 0 && tokens.get(i - 1).equals("^") && token.equals("-");
            boolean single = !next.isEmpty() && Character.isLetterOrDigit(next.codePointAt(0)) && !isRoot(next);
            if (wraps && !single && !next.equals("(")) {
                throw new ArithmeticException("what " + token + " is the root of needs ( )");
            }
            if ((wraps || negates) && single) {
                text.append(wraps ? token + "(" : "(" + token).append(next).append(')');
                i++;
            } else {
                text.append(token);
            }
        }
        return text.toString();
    }

    private static boolean isRoot(String token) {
        return token.equals("sqrt") || token.equals("cbrt");
    }
}
