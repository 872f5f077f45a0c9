package dev.cermin.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.problem.Family.Split;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FamilyTest {
    private static final Pattern STEP = Pattern.compile("(-?[0-9]+)([-+*/])(-?[0-9]+)=(-?[0-9]+(?:/[0-9]+|r[0-9]+)?)");

    @Property
    void aRightAnswerChecksOutAndIsAWholeCheck(@ForAll Family family, @ForAll long seed) {
        Problem problem = family.any(new Random(seed));

        assertThat(problem.isSolvedBy(problem.answer())).isTrue();
        assertThat(problem.reflection(problem.answer())).endsWith(" ok").doesNotContain("bad");
    }

    @Property
    void aNearMissIsNoSolutionAndItsReflectionStopsAtTheFirstBadPart(@ForAll Family family, @ForAll long seed) {
        Random random = new Random(seed);
        Problem problem = family.any(random);
        String draft = problem.nearMiss(random);

        assertThat(problem.isSolvedBy(draft)).as("%s %s", problem, draft).isFalse();
        String reflection = problem.reflection(draft);
        if (family != Family.PRODUCT || !isMultipleOf99(problem, draft)) {
            assertThat(reflection.split(" bad;")).as(reflection).hasSize(2);
            assertThat(reflection).endsWith(" bad;" + problem.repair());
        }
    }

    private static boolean isMultipleOf99(Problem problem, String draft) {
        return (Integer.parseInt(problem.answer()) - Integer.parseInt(draft)) % 99 == 0;
    }

    /** Arithmetic by another's hand: each step that is written holds. */
    @Property
    void everyStepIsRight(@ForAll Family family, @ForAll long seed) {
        Random random = new Random(seed);
        Problem problem = family.any(random);
        String draft = random.nextBoolean() ? problem.answer() : problem.nearMiss(random);
        if (family == Family.PRODUCT) {
            assertSteps(problem.repair());
        } else {
            assertSteps(problem.reflection(draft));
        }
    }

    private static void assertSteps(String text) {
        Matcher steps = STEP.matcher(text);
        int count = 0;
        while (steps.find()) {
            assertThat(steps.group(4)).as(steps.group() + " in " + text).isEqualTo(result(steps));
            count++;
        }
        assertThat(count).as(text).isPositive();
    }

    private static String result(Matcher step) {
        int one = Integer.parseInt(step.group(1));
        int other = Integer.parseInt(step.group(3));
        return switch (step.group(2)) {
            case "+" -> String.valueOf(one + other);
            case "-" -> String.valueOf(one - other);
            case "*" -> String.valueOf(one * other);
            default ->
                step.group(4).contains("r")
                        ? Math.floorDiv(one, other) + "r" + Math.floorMod(one, other)
                        : quotient(one, other);
        };
    }

    private static String quotient(int over, int under) {
        int divisor = java.math.BigInteger.valueOf(over)
                .gcd(java.math.BigInteger.valueOf(under))
                .intValue();
        int sign = under < 0 ? -1 : 1;
        int down = sign * under / divisor;
        int up = sign * over / divisor;
        return down == 1 ? String.valueOf(up) : up + "/" + down;
    }

    /** The answer is put together from results of the repair: no step is left to be guessed. */
    @Property
    void theRepairComesToTheAnswer(@ForAll Family family, @ForAll long seed) {
        Problem problem = family.any(new Random(seed));
        String repair = problem.repair();

        for (String number : problem.answer().split("[^-0-9/]+")) {
            if (!number.isEmpty() && family != Family.PRODUCT && family != Family.TIME) {
                assertThat(repair).contains("=" + number);
            }
        }
        if (family == Family.PRODUCT) {
            // hundreds from the last step, tens from the fifth, units from the first
            String[] steps = repair.split(",");
            String hundreds = steps[6].substring(steps[6].indexOf('=') + 1);
            assertThat((hundreds.equals("0") ? "" : hundreds) + lastDigit(steps[4]) + lastDigit(steps[0]))
                    .isEqualTo(problem.answer());
        }
        if (family == Family.TIME) {
            String minutes = repair.substring(repair.indexOf('r') + 1, repair.indexOf(',', repair.indexOf('r')));
            assertThat("%sh%02d".formatted(repair.substring(repair.lastIndexOf('=') + 1), Integer.parseInt(minutes)))
                    .isEqualTo(problem.answer());
        }
    }

    private static char lastDigit(String step) {
        return step.charAt(step.length() - 1);
    }

    @ParameterizedTest
    @EnumSource
    void aTextThatIsNoAnswerHasBadForm(Family family) {
        Problem problem = family.any(new Random(5));

        for (String draft :
                new String[] {"", "x", "x=", "x=1/0,2", "x=--3", "007", "3h7", "h10", "x=1,y=", "é", "x=99999"}) {
            assertThat(problem.check(draft)).as(draft).isEqualTo("form bad");
            assertThat(problem.isSolvedBy(draft)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noVariantOfATestProblemIsLearned(Family family) {
        Random random = new Random(11);
        Set<String> learned = new HashSet<>();
        Set<String> tested = new HashSet<>();
        for (int i = 0; i < 3000; i++) {
            learned.add(family.any(Split.LEARN, random).key());
            tested.add(family.any(Split.TEST, random).key());
        }

        assertThat(learned).doesNotContainAnyElementsOf(tested);
        assertThat(tested).hasSizeGreaterThanOrEqualTo(500);
    }

    @Test
    void aProductAndItsMirrorImageShareAKey() {
        assertThat(new Product(47, 38).key()).isEqualTo(new Product(38, 47).key());
        assertThat(new EquationPair(1, 2, 3, 4, 5, 6).key())
                .isEqualTo(new EquationPair(3, 4, 1, 2, 5, 6).key())
                .isEqualTo(new EquationPair(2, 1, 4, 3, 6, 5).key());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x=3 | 6*3=18,18-9=9;-1*3=-3,-3-51=-54;9:-54 bad;6+1=7,-51+9=-42,-42/7=-6",
                "x=-6 | 6*-6=-36,-36-9=-45;-1*-6=6,6-51=-45;-45:-45 ok"
            })
    void aLinearEquationIsCheckedOnBothSides(String draft, String reflection) {
        Problem problem = new Linear(6, -9, -1, -6);

        assertThat(problem.question()).isEqualTo("6x-9=-x-51");
        assertThat(problem.reflection(draft)).isEqualTo(reflection);
    }

    @Test
    void theSeedExampleIsCheckedByItsFactors() {
        Problem problem = new Quadratic(new Fraction(-3, 1), new Fraction(1, 2));

        assertThat(problem.question()).isEqualTo("2x^2+5x-3=0");
        assertThat(problem.reflection("x=-3,1/2"))
                .isEqualTo("(x+3)(2x-1);1*2=2:2 ok;1*-1=-1,3*2=6,-1+6=5:5 ok;3*-1=-3:-3 ok");
        assertThat(problem.reflection("x=-1/2,3")).startsWith("(2x+1)(x-3);2*1=2:2 ok;2*-3=-6,1*1=1,-6+1=-5:5 bad;");
        assertThat(problem.isSolvedBy("x=1/2,-3")).isTrue();
    }

    @Test
    void aProductIsCheckedByNinesAndElevens() {
        Problem problem = new Product(47, 36);

        assertThat(problem.reflection("1692"))
                .isEqualTo("%9 47=2,36=0,2*0=0;16=7,79=7,72=0;0:0 ok;%11 47=3,36=3,3*3=9;16=5,59=4,42=9;9:9 ok");
        assertThat(problem.reflection("1602")).contains("%9").contains("%11").contains("bad;7*6=42,7*3=21");
        // both rests agree, so this one gets through, as the family's description says
        assertThat(problem.reflection("1791")).endsWith(" ok");
        assertThat(problem.isSolvedBy("1791")).isFalse();
    }
}
