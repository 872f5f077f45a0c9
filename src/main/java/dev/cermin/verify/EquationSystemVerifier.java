package dev.cermin.verify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Substitutes the answer into the equations of the task: {@code 2x+y=9,3x-2y=10} against {@code x=4,y=1}. Each unknown, a
 * letter, must have a value, a number or a fraction, and each equation must hold. Equations and values stand apart by
 * {@code ,}, {@code ;}, a new line or {@code and}. Needs EvalEx on the class path. Thread-safe.
 */
public final class EquationSystemVerifier implements Verifier {
    public static final String NAME = "equation-system";
    private static final Pattern APART = Pattern.compile("(?i)\\s*(?:,|;|\\R|\\band\\b)\\s*");
    private static final Pattern STATED = Pattern.compile("([a-z])\\s*=\\s*(\\S.*)");
    private static final Pattern UNKNOWN = Pattern.compile("[a-z]");
    /** As many characters as a task or an answer needs. */
    private static final int LONGEST = 1000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Check verify(Answer answer) {
        if (answer.input().length() > LONGEST || answer.output().length() > LONGEST) {
            return Check.fail(NAME, "Up to %d characters are read, of the task and of the answer".formatted(LONGEST));
        }
        List<String> wrong = new ArrayList<>();
        try {
            Map<String, BigDecimal> values = values(Expressions.plain(answer.output()));
            for (String equation : APART.split(Expressions.plain(answer.input()))) {
                substitute(equation, values, wrong);
            }
        } catch (ArithmeticException e) {
            return Check.fail(NAME, e.getMessage());
        }
        return wrong.isEmpty() ? Check.pass(NAME, "Each equation holds") : Check.fail(NAME, String.join("; ", wrong));
    }

    private static Map<String, BigDecimal> values(String text) {
        Map<String, BigDecimal> values = new TreeMap<>();
        for (String part : APART.split(text)) {
            Matcher stated = STATED.matcher(part);
            if (!stated.matches()) {
                throw new ArithmeticException("The answer is not of the form x=NUMBER,y=NUMBER: '%s'".formatted(part));
            }
            BigDecimal value = Expressions.number(stated.group(2).strip());
            BigDecimal before = values.put(stated.group(1), value);
            if (before != null && !Expressions.same(before, value)) {
                throw new ArithmeticException("The answer has two values for " + stated.group(1));
            }
        }
        return values;
    }

    private static void substitute(String equation, Map<String, BigDecimal> values, List<String> wrong) {
        String[] sides = equation.split("=", -1);
        if (sides.length != 2 || sides[0].isBlank() || sides[1].isBlank()) {
            throw new ArithmeticException("The task is not a system of equations: '%s' is none".formatted(equation));
        }
        BigDecimal left = Expressions.value(filled(sides[0], values));
        BigDecimal right = Expressions.value(filled(sides[1], values));
        if (!Expressions.same(left, right)) {
            wrong.add("%s: the left is %s and the right %s"
                    .formatted(equation, Expressions.shown(left, right), Expressions.shown(right, left)));
        }
    }

    private static String filled(String side, Map<String, BigDecimal> values) {
        return UNKNOWN.matcher(side).replaceAll(unknown -> {
            BigDecimal value = values.get(unknown.group());
            if (value == null) {
                throw new ArithmeticException("The answer has no value for " + unknown.group());
            }
            return "(" + value.toPlainString() + ")";
        });
    }
}
