package dev.cermin.eval.suite;

import dev.cermin.verify.Answer;
import dev.cermin.verify.EquivalentVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells whether an answer to one of MATH's problems is right, as PRM800K's grader does: by text after normalising; else
 * element by element, where whole numbers and fractions must be the same and reduced, and the rest symbolically equal.
 * Beyond that grader, the order doesn't matter in sets, lists by commas, and unions; and a number to a base may be
 * without it.
 */
final class MathGrader {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");
    private static final Pattern FRACTION = Pattern.compile("-?\\\\frac\\{[0-9]+\\}\\{[0-9]+\\}");
    private static final Pattern BASED = Pattern.compile("([0-9A-F]+)_\\{?([0-9]{1,2})\\}?");
    /** What an answer is called: {@code x=}, {@code f(x)=}, {@code x\in}. */
    private static final Pattern NAME =
            Pattern.compile("^[a-zA-Z](?:_\\{?[0-9a-z]\\}?|\\([a-z]\\))?(?:=(?=[^=]*$)|\\\\in\\b ?)");

    private MathGrader() {}

    /** Whether the two are the same text once normalised. */
    static boolean sameText(String gold, String given) {
        MathText right = MathText.of(gold);
        MathText found = MathText.of(given);
        return right.equals(found) && !right.text().isEmpty();
    }

    /** Whether the answer given is right. */
    static boolean same(String gold, String given) {
        MathText right = MathText.of(gold);
        MathText found = MathText.of(given);
        if (right.text().isEmpty() || found.text().isEmpty()) {
            return false;
        }
        if (right.words()) {
            return right.text().equalsIgnoreCase(found.text());
        }
        return equal(right.text(), found.text());
    }

    /** Whether it is a number in digits and nothing more: reports tell these apart from the others. */
    static boolean isNumber(String gold) {
        return gold.matches("-?[0-9]+(?:\\.[0-9]+)?");
    }

    private static boolean equal(String right, String found) {
        if (right.equals(found)) {
            return true;
        }
        if (right.contains("=") && found.contains("=") && symbolically(right, found)) {
            return true;
        }
        String gold = NAME.matcher(right).replaceFirst("");
        String given = NAME.matcher(found).replaceFirst("");
        Optional<MathParts> goldParts = MathParts.of(gold);
        Optional<MathParts> givenParts = MathParts.of(given);
        if (goldParts.isPresent() && givenParts.isPresent()) {
            return equal(goldParts.get(), givenParts.get());
        }
        return goldParts.isEmpty() && givenParts.isEmpty() && single(tidy(gold), tidy(given));
    }

    private static boolean equal(MathParts right, MathParts found) {
        if (!right.kind().equals(found.kind())
                || right.elements().size() != found.elements().size()) {
            return false;
        }
        List<String> left = new ArrayList<>(found.elements());
        for (int i = 0; i < right.elements().size(); i++) {
            String element = right.elements().get(i);
            if (right.ordered() && !equal(tidy(element), tidy(found.elements().get(i)))) {
                return false;
            }
            if (!right.ordered()) {
                Optional<String> match = left.stream()
                        .filter(other -> equal(tidy(element), tidy(other)))
                        .findFirst();
                if (match.isEmpty()) {
                    return false;
                }
                left.remove(match.get());
            }
        }
        return true;
    }

    /** An element is an answer of its own: {@code -1/3} in a matrix is {@code -\frac{1}{3}}. */
    private static String tidy(String element) {
        return MathText.of(element).text();
    }

    private static boolean single(String gold, String given) {
        if (gold.equals(given)) {
            return true;
        }
        Matcher goldBase = BASED.matcher(gold);
        Matcher givenBase = BASED.matcher(given);
        if (goldBase.matches() || givenBase.matches()) {
            String goldDigits = goldBase.matches() ? goldBase.group(1) : gold;
            String givenDigits = givenBase.matches() ? givenBase.group(1) : given;
            boolean other = goldBase.matches()
                    && givenBase.matches()
                    && !goldBase.group(2).equals(givenBase.group(2));
            return goldDigits.equals(givenDigits) && !other;
        }
        if (WHOLE.matcher(gold).matches()) {
            return false;
        }
        if (FRACTION.matcher(gold).matches() && FRACTION.matcher(given).matches()) {
            return false;
        }
        return symbolically(gold, given);
    }

    private static boolean symbolically(String gold, String given) {
        try {
            return EquivalentVerifier.to(gold).verify(new Answer("", given)).passed();
        } catch (IllegalArgumentException e) {
            // no formula that can be computed with: then the text has decided
            return false;
        }
    }
}
