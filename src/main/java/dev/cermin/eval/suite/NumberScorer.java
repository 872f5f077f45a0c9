package dev.cermin.eval.suite;

import dev.cermin.eval.Mark;
import dev.cermin.eval.Score;
import dev.cermin.eval.Scorer;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GSM8K's numbers, as lm-evaluation-harness reads them.
 *
 * @param gold as {@link #plain} leaves it
 */
record NumberScorer(String gold) implements Scorer {
    private static final Pattern STRICT = Pattern.compile("#### (-?[0-9.,]+)");
    private static final Pattern FLEXIBLE = Pattern.compile("-?[$0-9.,]{2,}|-?[0-9]+");
    /** Where the harness stops a model that goes on with the next example. */
    private static final String STOP = "Question:";

    NumberScorer {
        gold = plain(gold);
    }

    @Override
    public Score score(String answer) {
        int stop = answer.indexOf(STOP);
        String text = stop < 0 ? answer : answer.substring(0, stop);
        String strict = strict(text).orElse("");
        String flexible = flexible(text).orElse("");
        List<Mark> marks = List.of(Mark.of("flexible", flexible.equals(gold)), Mark.of("strict", strict.equals(gold)));
        return new Score(flexible, marks, reason(flexible));
    }

    private String reason(String found) {
        if (found.isEmpty()) {
            return "There is no number in it";
        }
        return found.equals(gold) ? "%s is right".formatted(found) : "%s, where %s is right".formatted(found, gold);
    }

    /** The first number after {@code ####}. */
    static Optional<String> strict(String text) {
        Matcher matcher = STRICT.matcher(text);
        return matcher.find() ? Optional.of(plain(matcher.group(1))) : Optional.empty();
    }

    /** The last number. */
    static Optional<String> flexible(String text) {
        return FLEXIBLE.matcher(text)
                .results()
                .reduce((earlier, later) -> later)
                .map(MatchResult::group)
                .map(NumberScorer::plain);
    }

    private static String plain(String number) {
        return number.strip().replace(",", "").replace("$", "").replaceFirst("\\.$", "");
    }
}
