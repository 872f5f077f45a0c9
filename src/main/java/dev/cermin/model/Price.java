package dev.cermin.model;

import java.math.BigDecimal;

/**
 * What a model's tokens cost.
 *
 * @param in a million tokens read, in your currency; 0 for none
 * @param out a million tokens written, in the same currency
 */
public record Price(BigDecimal in, BigDecimal out) {
    public static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO);

    public Price {
        if (in.signum() < 0 || out.signum() < 0) {
            throw new IllegalArgumentException("A price is 0 or more, not " + in + " and " + out);
        }
    }

    public BigDecimal of(long tokensIn, long tokensOut) {
        if (in.signum() == 0 && out.signum() == 0) {
            return BigDecimal.ZERO;
        }
        return in.multiply(BigDecimal.valueOf(tokensIn))
                .add(out.multiply(BigDecimal.valueOf(tokensOut)))
                .movePointLeft(6)
                .stripTrailingZeros();
    }
}
