package dev.cermin.verify;

import dev.cermin.verify.Points.Point;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** An answer beside what is expected, with words for the difference; never with the expected expression itself. */
final class Comparison {
    private static final String NAME = EquivalentVerifier.NAME;

    private final Algebra algebra;
    private final Quotient expected;
    private final Quotient found;

    Comparison(Algebra algebra, Quotient expected, Quotient found) {
        this.algebra = algebra;
        this.expected = expected;
        this.found = found;
    }

    Check ofExpressions() {
        return switch (algebra.same(expected, found)) {
            case YES -> Check.pass(NAME, "The answer equals the expected expression");
            case UNKNOWN ->
                Check.fail(
                        NAME,
                        "Whether the answer equals the expected expression can't be decided: no value tells them apart,"
                                + " and no proof was found; write it with fewer roots");
            case NO -> Check.fail(NAME, "The answer is not equal to the expected expression" + difference());
        };
    }

    private String difference() {
        List<String> others = algebra.names().stream()
                .filter(name -> has(found, name) && !has(expected, name))
                .toList();
        if (!others.isEmpty()) {
            return ": it has %s in it, which is not to be there".formatted(String.join(" and ", others));
        }
        return Points.of(algebra)
                .flatMap(point -> at(point).stream())
                .findFirst()
                .orElse("");
    }

    private boolean has(Quotient quotient, String name) {
        int symbol = algebra.symbol(name);
        return quotient.over().degree(symbol) > 0 || quotient.under().degree(symbol) > 0;
    }

    /** Empty where the two can't be told apart there. */
    private Optional<String> at(Point point) {
        Optional<BigDecimal> right = value(point, expected);
        Optional<BigDecimal> given = value(point, found);
        if (right.isEmpty() || given.isEmpty()) {
            return Optional.empty();
        }
        int order = given.get().compareTo(right.get());
        String has = Values.shown(given.get());
        String wants = Values.shown(right.get());
        if (point.text().isEmpty()) {
            String much = order == 0 ? "not quite right" : order > 0 ? "too large" : "too small";
            return Optional.of(": %s is %s".formatted(has, much));
        }
        return has.equals(wants)
                ? Optional.empty()
                : Optional.of(": at %s it is %s, where %s is expected".formatted(point.text(), has, wants));
    }

    private static Optional<BigDecimal> value(Point point, Quotient quotient) {
        return quotient.over().isZero() ? Optional.of(BigDecimal.ZERO) : point.clear(quotient);
    }

    /** Both sides moved to the left: the same but for a constant factor. */
    Check ofEquations() {
        Polynomial right = essence(expected);
        Polynomial given = essence(found);
        if (right.isZero() || given.isZero()) {
            if (right.isZero() && given.isZero()) {
                return Check.pass(NAME, "The answer always holds, as the expected equation does");
            }
            return Check.fail(
                    NAME,
                    given.isZero()
                            ? "The answer holds whatever its names stand for, so it says nothing"
                            : "The expected equation always holds, and the answer doesn't");
        }
        if (normal(right).equals(normal(given))) {
            return Check.pass(NAME, "The answer is the expected equation");
        }
        if (!algebra.radicals().roots().isEmpty()) {
            throw new UndecidedException("the equations differ by more than a rational factor, and have radicals");
        }
        return Check.fail(NAME, "The answer is not the expected equation" + missed(right, given));
    }

    /** A point that satisfies one equation only would be best; the difference in degree is what is cheap to tell. */
    private String missed(Polynomial right, Polynomial given) {
        for (String name : algebra.names()) {
            int wants = right.degree(algebra.symbol(name));
            int has = given.degree(algebra.symbol(name));
            if (wants != has) {
                return ": it is of degree %d in %s, where degree %d is expected".formatted(has, name, wants);
            }
        }
        return ", nor a constant multiple of it";
    }

    private Polynomial essence(Quotient difference) {
        boolean plain =
                difference.under().isConstant() || !algebra.radicals().roots().isEmpty();
        return plain ? difference.over() : algebra.withoutFactors(difference.over(), difference.under());
    }

    private static Polynomial normal(Polynomial polynomial) {
        Polynomial.Term leading = polynomial.leading();
        return polynomial.times(leading.under(), leading.over());
    }
}
