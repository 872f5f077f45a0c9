package dev.cermin.verify;

import java.math.BigDecimal;

/**
 * Evaluates the expression that the task asks for and compares the answer: {@code 23*17} against {@code 391}. The
 * answer may be a number, a fraction, or end in {@code = number}. Needs EvalEx on the class path. Thread-safe.
 */
public final class ArithmeticVerifier implements Verifier {
    public static final String NAME = "arithmetic";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Check verify(Answer answer) {
        String asked = Expressions.plain(answer.input()).replaceAll("[=?\\s]+$", "");
        String given = Expressions.plain(answer.output());
        String stated = given.substring(given.lastIndexOf('=') + 1).strip();
        BigDecimal right;
        try {
            right = Expressions.value(asked);
        } catch (ArithmeticException e) {
            return Check.fail(NAME, "The task is not arithmetic: " + e.getMessage());
        }
        BigDecimal found;
        try {
            found = Expressions.number(stated);
        } catch (ArithmeticException e) {
            return Check.fail(NAME, "The answer is not a number: " + e.getMessage());
        }
        return Expressions.same(right, found)
                ? Check.pass(NAME, asked + " = " + Expressions.shown(right))
                : Check.fail(NAME, asked + " is not " + Expressions.shown(found, right));
    }
}
