package dev.cermin.verify;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A few points at which formulas are looked at; always the same ones. */
final class Points {
    /** Of the names in their order; small and positive first, since they are shown. */
    private static final List<List<String>> ROWS = List.of(
            List.of("2", "3", "5", "7", "11", "13", "17", "19"),
            List.of("3", "1", "4", "1.5", "9", "2.5", "6", "0.5"),
            List.of("-2", "5", "-3", "7", "-5", "11", "-7", "13"),
            List.of("0.5", "-0.25", "4", "-1", "8", "-4", "16", "-8"),
            List.of("100", "10", "50", "20", "30", "40", "60", "70"));

    /** @param text such as {@code x=2, y=3}; empty where there are no names */
    record Point(String text, Values values) {
        /** The value, where it is certainly not 0. */
        Optional<BigDecimal> clear(Quotient quotient) {
            return values.clear(quotient.under())
                    .flatMap(under ->
                            values.clear(quotient.over()).map(over -> over.divide(under, MathContext.DECIMAL128)));
        }
    }

    private Points() {}

    /** One only where there are no names: the number itself. */
    static Stream<Point> of(Algebra algebra) {
        List<String> names = algebra.names();
        List<Radicals.Root> roots = algebra.radicals().roots();
        return ROWS.stream().limit(names.isEmpty() ? 1 : ROWS.size()).map(row -> {
            List<BigDecimal> values = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                values.add(new BigDecimal(row.get(i)));
                texts.add(names.get(i) + "=" + row.get(i));
            }
            return new Point(String.join(", ", texts), new Values(roots, values));
        });
    }
}
