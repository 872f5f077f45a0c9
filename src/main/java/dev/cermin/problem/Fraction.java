package dev.cermin.problem;

import org.jspecify.annotations.Nullable;

/** In lowest terms, the denominator positive. */
record Fraction(int over, int under) implements Comparable<Fraction> {
    Fraction {
        int divisor = divisor(over, under);
        over /= divisor;
        under /= divisor;
    }

    /** The greatest common one, with the sign of the second. */
    private static int divisor(int one, int other) {
        int larger = Math.abs(one);
        int smaller = Math.abs(other);
        while (smaller != 0) {
            int rest = larger % smaller;
            larger = smaller;
            smaller = rest;
        }
        return other < 0 ? -larger : larger;
    }

    /** One in lowest terms, or null. */
    static @Nullable Fraction of(String text) {
        int slash = text.indexOf('/');
        Integer over = Steps.number(slash < 0 ? text : text.substring(0, slash), 2);
        Integer under = slash < 0 ? Integer.valueOf(1) : Steps.number(text.substring(slash + 1), 2);
        if (over == null || under == null || under < (slash < 0 ? 1 : 2)) {
            return null;
        }
        Fraction fraction = new Fraction(over, under);
        return fraction.under == under ? fraction : null;
    }

    @Override
    public int compareTo(Fraction other) {
        return Integer.compare(over * other.under, other.over * under);
    }

    @Override
    public String toString() {
        return under == 1 ? String.valueOf(over) : over + "/" + under;
    }
}
