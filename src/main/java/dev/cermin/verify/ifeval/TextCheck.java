package dev.cermin.verify.ifeval;

import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import dev.cermin.verify.SettingException;
import dev.cermin.verify.Verifier;
import java.util.function.Function;

/**
 * A check of the response alone; an empty one fails, whatever is asked. Thread-safe where its function is.
 *
 * @param name IFEval's id in kebab-case
 * @param find looks at a response that is not empty
 */
record TextCheck(String name, Function<String, Finding> find) implements Verifier {
    static final String EMPTY = "The response is empty";

    static Verifier of(String id, Function<String, Finding> find) {
        return new TextCheck(nameOf(id), find);
    }

    /** {@code keywords:letter_frequency} is {@code keywords-letter-frequency}. */
    static String nameOf(String id) {
        return id.replace(':', '-').replace('_', '-');
    }

    /** A limit that the settings have not looked at yet. */
    static int limit(String key, int limit, int least) {
        if (limit < least) {
            throw new SettingException(key, "a whole number from %d is expected, not %d".formatted(least, limit));
        }
        return limit;
    }

    @Override
    public Check verify(Answer answer) {
        if (Texts.isBlank(answer.output())) {
            return Check.fail(name, EMPTY);
        }
        Finding finding = find.apply(answer.output());
        return new Check(name, finding.holds(), finding.message());
    }
}
