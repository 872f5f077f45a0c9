package dev.cermin.problem;

/** How numbers, terms and steps are written. */
final class Steps {
    static final String OK = " ok";
    static final String BAD = " bad";
    /** The check of a draft that isn't written as an answer, or has a number that no answer has. */
    static final String FORM = "form" + BAD;

    private Steps() {}

    /** {@code -6+20=14}. */
    static String sum(int one, int other) {
        return one + signed(other) + "=" + (one + other);
    }

    /** {@code -6-20=-26}. */
    static String difference(int one, int other) {
        return sum(one, -other);
    }

    /** {@code 3*-2=-6}. */
    static String product(int one, int other) {
        return one + "*" + other + "=" + one * other;
    }

    /** {@code -28/-7=4}, {@code 2/4=1/2}. */
    static String quotient(int over, int under) {
        return over + "/" + under + "=" + new Fraction(over, under);
    }

    /** What was found, what is asked for, and whether they are the same. */
    static String verdict(int found, int asked) {
        return ":" + asked + (found == asked ? OK : BAD);
    }

    /** {@code +4}, {@code -4}, {@code +0}. */
    static String signed(int number) {
        return number < 0 ? String.valueOf(number) : "+" + number;
    }

    /** {@code -x^2}, {@code +3x}, {@code +4}; nothing for 0. */
    static String term(int factor, String of, boolean first) {
        if (factor == 0) {
            return "";
        }
        String sign = factor < 0 ? "-" : first ? "" : "+";
        int size = Math.abs(factor);
        return sign + (size == 1 && !of.isEmpty() ? "" : size) + of;
    }

    /** A number as the model writes it, of at most so many digits; else null. */
    static @org.jspecify.annotations.Nullable Integer number(String text, int digits) {
        String size = text.startsWith("-") ? text.substring(1) : text;
        boolean canonical = !size.isEmpty()
                && size.length() <= digits
                && size.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && (size.length() == 1 ? !text.equals("-0") : size.charAt(0) != '0');
        return canonical ? Integer.valueOf(text) : null;
    }
}
