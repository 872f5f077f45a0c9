package dev.cermin.verify;

import com.ezylang.evalex.BaseException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.config.FunctionDictionaryIfc;
import com.ezylang.evalex.config.MapBasedFunctionDictionary;
import com.ezylang.evalex.functions.basic.SqrtFunction;
import com.ezylang.evalex.operators.OperatorIfc;
import com.ezylang.evalex.parser.ASTNode;
import java.math.BigDecimal;
import java.util.List;

/** Formulas of numbers, names, + - * / ^, roots and parentheses: read by EvalEx, computed by whoever asks. */
final class Formulas {
    /** What a formula is computed with. Operations throw ArithmeticException where there is no result. */
    interface Operations<T> {
        T number(BigDecimal value);

        T name(String name);

        T negate(T value);

        T add(T left, T right);

        T multiply(T left, T right);

        T divide(T left, T right);

        T power(T base, T exponent);

        /** @param degree 2 or 3 */
        T root(T radicand, int degree);
    }

    private static final ExpressionConfiguration CONFIGURATION = ExpressionConfiguration.builder()
            .arraysAllowed(false)
            .structuresAllowed(false)
            .implicitMultiplicationAllowed(false)
            .functionDictionary(roots())
            // -x^2 is -(x^2), as in every textbook
            .powerOfPrecedence(OperatorIfc.OPERATOR_PRECEDENCE_POWER_HIGHER)
            .build();

    private Formulas() {}

    /** Only parsed, never called, so that one will do for both. */
    private static FunctionDictionaryIfc roots() {
        FunctionDictionaryIfc functions = new MapBasedFunctionDictionary();
        functions.addFunction("sqrt", new SqrtFunction());
        functions.addFunction("cbrt", new SqrtFunction());
        return functions;
    }

    /**
     * @param plain as {@link Notation#plain} leaves it
     * @throws ArithmeticException where the text is no formula, or has no result
     * @throws UndecidedException where the operations can't tell
     */
    static <T> T compute(String plain, Operations<T> operations) {
        String explicit = Notation.explicit(plain);
        ASTNode tree;
        try {
            tree = new Expression(explicit, CONFIGURATION).getAbstractSyntaxTree();
        } catch (BaseException | RuntimeException e) {
            throw new ArithmeticException("'%s' is not a formula: %s".formatted(Place.excerpt(plain), e.getMessage()));
        }
        return compute(tree, operations);
    }

    private static <T> T compute(ASTNode node, Operations<T> operations) {
        String token = node.getToken().getValue();
        List<T> of = node.getParameters().stream()
                .map(child -> compute(child, operations))
                .toList();
        return switch (node.getToken().getType()) {
            case NUMBER_LITERAL -> operations.number(new BigDecimal(token));
            case VARIABLE_OR_CONSTANT -> operations.name(token);
            case FUNCTION -> operations.root(of.getFirst(), token.equals("sqrt") ? 2 : 3);
            case PREFIX_OPERATOR -> token.equals("-") ? operations.negate(of.getFirst()) : of.getFirst();
            case INFIX_OPERATOR -> infix(token, of.getFirst(), of.getLast(), operations);
            default -> throw new ArithmeticException("'" + token + "' is not understood");
        };
    }

    private static <T> T infix(String operator, T left, T right, Operations<T> operations) {
        return switch (operator) {
            case "+" -> operations.add(left, right);
            case "-" -> operations.add(left, operations.negate(right));
            case "*" -> operations.multiply(left, right);
            case "/" -> operations.divide(left, right);
            case "^" -> operations.power(left, right);
            default -> throw new ArithmeticException("'" + operator + "' is not understood");
        };
    }
}
