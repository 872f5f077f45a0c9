package dev.cermin.verify;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Computes again what an answer computes: every calculation in it, such as {@code 3*(4+2) = 18} or
 * {@code 45 / 60 = 0.75 = 3/4}, must hold. So an answer's steps are held against each other where nobody knows the right
 * answer. Read is what begins a line, behind a list's mark or words that end in a colon, and has nothing but numbers and
 * operators on both sides of an {@code =}; the rest of the answer, equations with unknowns and calculations in the midst
 * of words among it, is passed over. Behind a number may stand its unit, and before it a currency's sign.
 *
 * <p>A decimal may be rounded: {@code 10/3 = 3.33} holds, and {@code 10/3 ≈ 3}, but not {@code 10/3 = 3}. An answer without any calculation
 * fails. Needs EvalEx on the class path. Thread-safe.
 */
public final class CalculationsVerifier implements Verifier {
    public static final String NAME = "calculations";

    private static final String NUMBER = "[0-9][0-9,]*(?:\\.[0-9]+)?|\\.[0-9]+";
    private static final Pattern START =
            Pattern.compile("^\\s*(?:[-*•]\\s+|[0-9]+[.)]\\s+)?(?:[^=:0-9]*:\\s*|[^=:]{1,80}:\\s+)?");
    private static final Pattern OPERATOR = Pattern.compile("[-+*/^]");
    private static final Pattern THOUSANDS = Pattern.compile("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))");
    private static final Pattern CURRENCY = Pattern.compile("(?:RM|[$€£¥])\\s*(?=[0-9.])");
    /** A number and its unit, such as {@code 3 km/h}; not one letter alone, which may be an unknown. */
    private static final Pattern WITH_UNIT = Pattern.compile(
            "(-?\\s*(?:" + NUMBER + "))\\s*(?:%|°\\w?|€|\\p{L}{2,}[\\p{L}/²³ ]*|[mglhs](?:/\\p{L}+)?|[mkcd][mgl])\\.?");

    private static final int MOST_TOLD = 5;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Check verify(Answer answer) {
        List<String> wrong = new ArrayList<>();
        int read = 0;
        for (String line : answer.output().lines().toList()) {
            Matcher start = START.matcher(line);
            String calculation = start.lookingAt() ? line.substring(start.end()) : line;
            String[] sides = calculation.split("(?=[=≈])", -1);
            for (int i = 1; i < sides.length; i++) {
                String left = plain(sides[i - 1].replaceFirst("^[=≈]", ""));
                String right = plain(sides[i].substring(1));
                // a number alone on the left is the end of something that was not read
                if (isRead(left)
                        && isRead(right)
                        && (i > 1 || OPERATOR.matcher(left.substring(1)).find())) {
                    read++;
                    check(left, right, sides[i].startsWith("≈"), wrong);
                }
            }
        }
        if (wrong.isEmpty()) {
            return read == 0
                    ? Check.fail(
                            NAME,
                            "The answer shows no calculation; each is expected on a line of its own, such as 3*4 = 12")
                    : Check.pass(
                            NAME, read == 1 ? "The calculation holds" : "All %d calculations hold".formatted(read));
        }
        String told = String.join("; ", wrong.subList(0, Math.min(wrong.size(), MOST_TOLD)));
        return Check.fail(
                NAME, wrong.size() > MOST_TOLD ? told + "; %d more".formatted(wrong.size() - MOST_TOLD) : told);
    }

    private static void check(String left, String right, boolean about, List<String> wrong) {
        try {
            BigDecimal value = Expressions.value(left);
            if (!same(value, Expressions.value(right), right, about)) {
                wrong.add("%s = %s is wrong: %s is %s".formatted(left, right, left, Expressions.shown(value)));
            }
        } catch (ArithmeticException e) {
            wrong.add("%s = %s: %s".formatted(left, right, e.getMessage()));
        }
    }

    private static boolean same(BigDecimal value, BigDecimal stated, String text, boolean about) {
        if (Expressions.same(value, stated)) {
            return true;
        }
        int point = text.indexOf('.');
        int decimals = point < 0 ? 0 : text.length() - point - 1;
        return (about || point >= 0)
                && text.matches("-?[0-9]*\\.?[0-9]+")
                && value.setScale(decimals, RoundingMode.HALF_UP).compareTo(stated) == 0;
    }

    private static String plain(String side) {
        String text = THOUSANDS.matcher(side.strip()).replaceAll("");
        text = CURRENCY.matcher(text).replaceAll("");
        Matcher unit = WITH_UNIT.matcher(text);
        text = unit.matches() ? unit.group(1) : text;
        return Expressions.plain(text).replaceFirst("[.;,]$", "").strip();
    }

    private static boolean isRead(String text) {
        return !text.isEmpty() && text.indexOf('x') < 0 && Expressions.isExpression(text);
    }
}
