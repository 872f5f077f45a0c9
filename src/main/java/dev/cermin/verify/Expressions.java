package dev.cermin.verify;

import com.ezylang.evalex.BaseException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.operators.OperatorIfc;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Pattern;

/** Arithmetic as people write it, by EvalEx: {@code 2x^2} is a product, {@code −} and {@code ×} are operators. */
final class Expressions {
    private static final MathContext PRECISION = MathContext.DECIMAL128;
    private static final ExpressionConfiguration CONFIGURATION = ExpressionConfiguration.builder()
            .mathContext(PRECISION)
            .arraysAllowed(false)
            .structuresAllowed(false)
            .stripTrailingZeros(true)
            // -x^2 is -(x^2), as in every textbook
            .powerOfPrecedence(OperatorIfc.OPERATOR_PRECEDENCE_POWER_HIGHER)
            .build();

    /** Digits, the unknown, and operators; no names of functions, so no text can call one. */
    private static final Pattern SAFE = Pattern.compile("[0-9x.+\\-*/^()\\s]{1,200}");

    /** Exponents are plain numbers below 1000, and no power has a power. */
    private static final Pattern HUGE_POWER = Pattern.compile("\\^\\s*(?:-|[0-9]{4,}|[x(])|\\^[^+\\-*/]*\\^");

    /** Where a product is meant; EvalEx would take {@code 0x1} for a hexadecimal and {@code x(2)} for a function. */
    private static final Pattern PRODUCT = Pattern.compile("(?<=[0-9x.)])\\s*(?=[x(])|(?<=\\))\\s*(?=[0-9.])");

    /** An integer, a decimal or a fraction of them, in parentheses or not; nothing that is still to be computed. */
    private static final Pattern NUMBER =
            Pattern.compile("(?:[+-]\\s*)?\\(?\\s*(?:[+-]\\s*)?[0-9.]+(?:\\s*/\\s*(?:-\\s*)?[0-9.]+)?\\s*\\)?");

    /** Powers of ten; beyond them, comparing and showing a value would take gigabytes. */
    private static final int MAGNITUDE = 400;

    private Expressions() {}

    static String plain(String text) {
        return text.strip()
                .replace('−', '-')
                .replace('–', '-')
                .replace('×', '*')
                .replace('·', '*')
                .replace('÷', '/')
                .replace("²", "^2")
                .replace("³", "^3")
                .replace('X', 'x');
    }

    static boolean isExpression(String text) {
        return SAFE.matcher(text).matches() && !HUGE_POWER.matcher(text).find();
    }

    /** @throws ArithmeticException where the text is no expression, or has no value there */
    static BigDecimal valueAt(String expression, BigDecimal x) {
        if (!isExpression(expression)) {
            throw new ArithmeticException("'" + expression + "' is not an expression of numbers, x, + - * / ^ and ( )");
        }
        BigDecimal value;
        try {
            String explicit = PRODUCT.matcher(expression).replaceAll("*");
            value = new Expression(explicit, CONFIGURATION)
                    .with("x", x)
                    .evaluate()
                    .getNumberValue();
        } catch (BaseException | RuntimeException e) {
            // EvalEx lets through what java.math throws, on overflow for instance
            throw new ArithmeticException("'" + expression + "' has no value: " + e.getMessage());
        }
        if (Math.abs((long) value.precision() - value.scale()) > MAGNITUDE) {
            throw new ArithmeticException("'" + expression + "' is too large or too small a number");
        }
        return value;
    }

    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** @throws ArithmeticException where the text is no number or fraction, as an answer must be */
    static BigDecimal number(String text) {
        if (!isNumber(text)) {
            throw new ArithmeticException("'" + text + "' is not a number or a fraction p/q");
        }
        return value(text);
    }

    /** @throws ArithmeticException where the text is no expression of numbers, or has no value */
    static BigDecimal value(String expression) {
        if (expression.indexOf('x') >= 0) {
            throw new ArithmeticException("'" + expression + "' has an unknown in it");
        }
        return valueAt(expression, BigDecimal.ZERO);
    }

    /** Equal but for the rounding of fractions such as 1/3. */
    static boolean same(BigDecimal a, BigDecimal b) {
        BigDecimal scale = a.abs().max(b.abs()).max(BigDecimal.ONE);
        return a.subtract(b).abs().compareTo(scale.scaleByPowerOfTen(-20)) <= 0;
    }

    static String shown(BigDecimal value) {
        return shown(value, 12);
    }

    /** With so many digits that values that differ look different. */
    static String shown(BigDecimal value, BigDecimal other) {
        String few = shown(value, 12);
        return few.equals(shown(other, 12)) && !same(value, other) ? shown(value, PRECISION.getPrecision()) : few;
    }

    private static String shown(BigDecimal value, int digits) {
        BigDecimal plain = value.round(new MathContext(digits)).stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0).toPlainString() : plain.toPlainString();
    }
}
