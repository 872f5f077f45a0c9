package dev.cermin.verify;

import com.ezylang.evalex.BaseException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.data.EvaluationValue;
import com.ezylang.evalex.operators.OperatorIfc;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Pattern;

/** Arithmetic as people write it, by EvalEx: {@code 2x^2} is a product, {@code −} and {@code ×} are operators. */
final class Expressions {
    private static final MathContext PRECISION = MathContext.DECIMAL128;
    private static final ExpressionConfiguration CONFIGURATION = ExpressionConfiguration.builder()
            .mathContext(PRECISION)
            .implicitMultiplicationAllowed(true)
            .arraysAllowed(false)
            .structuresAllowed(false)
            .stripTrailingZeros(true)
            // -x^2 is -(x^2), as in every textbook
            .powerOfPrecedence(OperatorIfc.OPERATOR_PRECEDENCE_POWER_HIGHER)
            .build();

    /** Digits, the unknown, and operators; no names of functions, so no text can call one. */
    private static final Pattern SAFE = Pattern.compile("[0-9x.+\\-*/^()\\s]{1,200}");

    /** Towers of powers would take for ever. */
    private static final Pattern HUGE_POWER = Pattern.compile("\\^\\s*\\(?\\s*(-|[0-9]{2,}|[x(])|\\^[^+\\-*/]*\\^");

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
        try {
            EvaluationValue value =
                    new Expression(expression, CONFIGURATION).with("x", x).evaluate();
            return value.getNumberValue();
        } catch (BaseException e) {
            throw new ArithmeticException("'" + expression + "' has no value: " + e.getMessage());
        }
    }

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
        BigDecimal plain = value.round(new MathContext(12)).stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0).toPlainString() : plain.toPlainString();
    }
}
