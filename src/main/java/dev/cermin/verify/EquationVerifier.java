package dev.cermin.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Substitutes the answer into the equation of the task: {@code 2x^2+5x-3=0} against {@code x=-3,1/2}. Every stated root
 * must hold, and for equations up to the second degree none may be missing. Answers may be {@code x=…}, a bare list, or
 * {@code no solution}, or {@code all real numbers} for an identity; roots are numbers, fractions, or, where they are
 * irrational, radicals such as {@code (1±√5)/2}, apart by {@code ,}, {@code ;}, {@code or} or {@code and}.
 *
 * <p>Where a radical stands in the task or in the answer, all is computed exactly; what then can't be decided fails.
 * Needs EvalEx on the class path, and Rings for radicals. Thread-safe.
 */
public final class EquationVerifier implements Verifier {
    public static final String NAME = "equation";
    private static final Pattern APART = Pattern.compile("(?i)\\s*(?:,|;|\\bor\\b|\\band\\b)\\s*");
    private static final Pattern NONE =
            Pattern.compile("(?i)(?:there (?:is|are) )?no (?:real )?(?:solution|root)s?\\.?|none");
    private static final Pattern ALL = Pattern.compile(
            "(?i)(?:all|any|every)(?: real)? (?:x|numbers?|values?(?: of x)?)\\.?|infinitely many(?: solutions| roots)?\\.?");
    private static final Pattern UNKNOWN = Pattern.compile("^x\\s*(?:_?[0-9₁₂])?\\s*=\\s*");
    /** As many characters as an answer with every root of an equation needs. */
    private static final int LONGEST = 4000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Check verify(Answer answer) {
        if (answer.output().length() > LONGEST) {
            return Check.fail(
                    NAME,
                    "The answer is not of the form x=ROOT,ROOT: it has %d characters; up to %d are read"
                            .formatted(answer.output().length(), LONGEST));
        }
        String asked = Expressions.plain(answer.input());
        String given = Expressions.plain(answer.output());
        Equation equation;
        try {
            equation = equation(asked, given);
        } catch (ArithmeticException e) {
            return Check.fail(NAME, "The task is not an equation in x: " + e.getMessage());
        }
        try {
            return compare(equation, given);
        } catch (UndecidedException e) {
            return Check.fail(NAME, "This can't be decided: " + e.getMessage());
        }
    }

    private static Check compare(Equation equation, String given) {
        if (NONE.matcher(given).matches()) {
            return none(equation);
        }
        if (ALL.matcher(given).matches()) {
            return equation.identity()
                    ? Check.pass(NAME, "The equation holds for every x")
                    : Check.fail(NAME, "The equation does not hold for every x");
        }
        List<String> not = state(equation, given);
        return not.isEmpty()
                ? substitute(equation)
                : Check.fail(NAME, "The answer is not of the form x=ROOT,ROOT: " + String.join("; ", not));
    }

    private static Equation equation(String asked, String given) {
        boolean exact = Notation.hasRadical(asked) || Notation.hasRadical(given);
        String[] sides = (exact ? Notation.plain(asked) : asked).split("=", -1);
        if (sides.length != 2 || sides[0].isBlank() || sides[1].isBlank()) {
            throw new ArithmeticException("one = with something on both sides is expected");
        }
        return exact ? new ExactEquation(sides[0], sides[1]) : new DecimalEquation(sides[0], sides[1]);
    }

    private static Check none(Equation equation) {
        if (equation.higher()) {
            return Check.fail(
                    NAME,
                    "That an equation above the second degree, or with x under a root, has no solution can't be checked");
        }
        return equation.realRoots() == 0 && !equation.identity()
                ? Check.pass(NAME, "The equation has no real solution")
                : Check.fail(NAME, "The equation has a solution, and the answer says that there is none");
    }

    /** What is not a root. */
    private static List<String> state(Equation equation, String given) {
        List<String> not = new ArrayList<>();
        String plain = Notation.hasRadical(given) ? Notation.plain(given) : given;
        for (String part : APART.split(plain)) {
            String root = UNKNOWN.matcher(part.strip()).replaceFirst("");
            try {
                Notation.branches(root).forEach(equation::state);
            } catch (ArithmeticException e) {
                not.add(e.getMessage());
            }
        }
        return not;
    }

    private static Check substitute(Equation equation) {
        List<String> wrong = equation.wrong();
        if (!wrong.isEmpty()) {
            return Check.fail(NAME, String.join("; ", wrong));
        }
        if (equation.identity()) {
            return Check.fail(NAME, "The equation holds for every x, so the answer is: all real numbers");
        }
        int expected = equation.realRoots();
        if (expected > equation.stated()) {
            return Check.fail(NAME, "%d of %d roots are stated; one is missing".formatted(equation.stated(), expected));
        }
        return Check.pass(NAME, "Every root holds when substituted");
    }
}
