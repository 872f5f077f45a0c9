package dev.cermin.verify;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** Values without names as decimals, for messages. */
final class Approximation {
    private Approximation() {}

    /** With so many digits that it looks different from the other. */
    static String of(Algebra algebra, Quotient value, Quotient other) {
        BigDecimal decimal = decimal(algebra, value).orElse(BigDecimal.ZERO);
        String text = Expressions.shown(decimal, decimal(algebra, other).orElse(decimal));
        return algebra.rational(value).isPresent() ? text : "about " + text;
    }

    private static Optional<BigDecimal> decimal(Algebra algebra, Quotient value) {
        return algebra.rational(value)
                .map(number ->
                        new BigDecimal(number.over()).divide(new BigDecimal(number.under()), MathContext.DECIMAL128))
                .or(() -> Points.of(algebra).findFirst().flatMap(point -> point.clear(value)));
    }
}
