package dev.cermin.eval.suite;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Changed solutions that pass all the same, each looked at; the tests are the benchmark's, and are what they are. */
final class Survivors {
    /** What was changed makes no difference to what is asked: a bound that is never reached, a check done twice. */
    private static final String THE_SAME = """
            HumanEval/59: 1 to 2 at 188
            HumanEval/6: 0 to 1 at 68
            HumanEval/18: - to + at 45
            HumanEval/18: 1 to 2 at 65
            HumanEval/25: 1 to 2 at 74
            HumanEval/25: 1 to 2 at 193
            HumanEval/32: 10 to 11 at 139
            HumanEval/39: - to + at 135
            HumanEval/39: 0 to 1 at 228
            HumanEval/39: 1 to 2 at 131
            HumanEval/39: 1 to 2 at 138
            HumanEval/59: + to - at 213
            HumanEval/59: 1 to 2 at 216
            HumanEval/59: False to True at 58
            HumanEval/69: 1 to 2 at 28
            HumanEval/75: 101 to 102 at 146
            HumanEval/75: 101 to 102 at 214
            HumanEval/75: 101 to 102 at 290
            Java/13: if ( to if (!true && at 8
            Java/32: 1 to 2 at 24
            """;

    /** It would be wrong for inputs that the problem's tests don't have, such as a power of 2 for 59. */
    private static final String UNSEEN = """
            HumanEval/59: 1 to 2 at 94
            HumanEval/35: 0 to 1 at 10
            HumanEval/10: += to -= at 154
            HumanEval/10: 1 to 2 at 157
            HumanEval/19: 6 to 7 at 146
            HumanEval/19: 7 to 8 at 166
            HumanEval/19: 9 to 10 at 205
            HumanEval/20: - to + at 237
            HumanEval/31: 2 to 3 at 11
            HumanEval/32: 0 to 1 at 69
            HumanEval/40: + to - at 52
            HumanEval/40: + to - at 95
            HumanEval/40: 1 to 2 at 55
            HumanEval/43: 1 to 2 at 58
            HumanEval/46: 4 to 5 at 38
            HumanEval/59: 2 to 3 at 209
            HumanEval/59: 2 to 3 at 36
            HumanEval/59: 2 to 3 at 87
            HumanEval/68: 0 to 1 at 19
            HumanEval/72: 1 to 2 at 140
            HumanEval/72: 1 to 2 at 153
            HumanEval/75: 2 to 3 at 44
            HumanEval/80: 1 to 2 at 99
            Java/24: 1 to 2 at 137
            Java/59: 2 to 3 at 134
            Java/68: 0 to 1 at 203
            Java/80: if ( to if (!true && at 130
            """;

    private Survivors() {}

    static Set<String> known() {
        return Stream.of(THE_SAME, UNSEEN).flatMap(String::lines).collect(Collectors.toSet());
    }
}
