package dev.cermin.verify;

import java.math.BigDecimal;

/**
 * Evaluates the expression that the task asks for and compares the answer: {@code 23*17} against {@code 391}. The
 * answer may be a number, a fraction, or end in {@code = number}. Where a radical stands in the task or in the answer,
 * all is computed exactly, and the answer may be a sum of radicals in simplest form: {@code √8+1} is {@code 1+2√2}.
 * Needs EvalEx on the class path, and Rings for radicals. Thread-safe.
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
        if (Notation.hasRadical(asked) || Notation.hasRadical(stated)) {
            return exact(asked, stated);
        }
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

    private static Check exact(String asked, String stated) {
        Algebra algebra = new Algebra();
        Quotient right;
        try {
            right = number(asked, algebra);
        } catch (ArithmeticException e) {
            return Check.fail(NAME, "The task is not arithmetic: " + e.getMessage());
        }
        Quotient found;
        try {
            found = number(stated, algebra);
            if (!Expressions.isNumber(stated)) {
                RadicalForm.require(Notation.plain(stated));
            }
        } catch (ArithmeticException e) {
            return Check.fail(NAME, "The answer is not a number in simplest form: " + e.getMessage());
        }
        return switch (algebra.same(right, found)) {
            case YES -> Check.pass(NAME, asked + " = " + stated);
            case NO -> Check.fail(NAME, asked + " is not " + stated);
            case UNKNOWN -> Check.fail(NAME, "Whether %s is %s can't be decided".formatted(asked, stated));
        };
    }

    private static Quotient number(String text, Algebra algebra) {
        Quotient value = Formulas.compute(Notation.plain(text), algebra);
        if (!algebra.names().isEmpty()) {
            throw new ArithmeticException("'%s' has an unknown, %s, in it"
                    .formatted(text, algebra.names().getFirst()));
        }
        return value;
    }
}
