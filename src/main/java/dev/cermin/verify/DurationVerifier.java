package dev.cermin.verify;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Computes with hours and minutes: {@code 3h47*6} against {@code 22h42}. Each duration in the task is written as hours,
 * {@code h} or {@code :}, and minutes; between them may stand what {@link ArithmeticVerifier} computes. The answer is one
 * duration with less than 60 minutes. Needs EvalEx on the class path. Thread-safe.
 */
public final class DurationVerifier implements Verifier {
    public static final String NAME = "duration";
    private static final Pattern DURATION =
            Pattern.compile("(?i)([0-9]{1,6})\\s*(?:h|:)\\s*([0-9]{1,2})(?:\\s*m(?:in)?)?");
    private static final BigDecimal HOUR = BigDecimal.valueOf(60);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Check verify(Answer answer) {
        String asked = Expressions.plain(answer.input()).replaceAll("[=?\\s]+$", "");
        BigDecimal right;
        try {
            right = Expressions.value(DURATION.matcher(asked).replaceAll("(60*$1+$2)"));
        } catch (ArithmeticException e) {
            return Check.fail(NAME, "The task does not compute with durations such as 3h47: " + e.getMessage());
        }
        Matcher given = DURATION.matcher(Expressions.plain(answer.output()));
        if (!given.matches() || Integer.parseInt(given.group(2)) > 59) {
            return Check.fail(
                    NAME, "The answer is not hours, h, and minutes below 60, such as 22h42: " + answer.output());
        }
        BigDecimal found = new BigDecimal(given.group(1)).multiply(HOUR).add(new BigDecimal(given.group(2)));
        return Expressions.same(right, found)
                ? Check.pass(NAME, asked + " = " + answer.output().strip())
                : Check.fail(
                        NAME, "%s is not %s".formatted(asked, answer.output().strip()));
    }
}
