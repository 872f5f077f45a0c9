package dev.cermin.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * Has other verifiers look at a part of the answer: what the last match of a pattern stands for, by its first group where
 * it has one, without white space around it. All must hold; an answer without the part fails. In agent files:
 *
 * <pre>{@code
 * - part:
 *     pattern: "Answer:(.*)"
 *     verifiers:
 *       - equivalent: {expected: 12}
 * }</pre>
 *
 * <p>They are those of the class path, {@link Verifiers#standard()}. Thread-safe where they are.
 */
final class PartVerifier implements Verifier {
    static final String NAME = "part";
    private static final String VERIFIERS = "verifiers";

    private final Pattern pattern;
    private final Optional<String> message;
    private final List<Verifier> verifiers;

    private PartVerifier(Pattern pattern, Optional<String> message, List<Verifier> verifiers) {
        this.pattern = pattern;
        this.message = message;
        this.verifiers = verifiers;
    }

    static PartVerifier of(Settings settings) {
        Pattern pattern = pattern(settings.text("pattern"));
        Optional<String> message = settings.optionalText("message");
        Object named = settings.value(VERIFIERS);
        settings.noOthers();
        if (!(named instanceof List<?> list) || list.isEmpty()) {
            throw new SettingException(VERIFIERS, "a list of verifiers is expected, not " + named);
        }
        List<Verifier> verifiers = new ArrayList<>();
        for (Object item : list) {
            verifiers.add(verifier(VERIFIERS + "[" + verifiers.size() + "]", item));
        }
        return new PartVerifier(pattern, message, List.copyOf(verifiers));
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new SettingException(
                    "pattern",
                    "'%s' is not a pattern: %s, at character %d".formatted(text, e.getDescription(), e.getIndex() + 1));
        }
    }

    /** A name, or a name with its settings. */
    private static Verifier verifier(String at, Object item) {
        if (item instanceof String name) {
            return made(at, new VerifierSpec(name));
        }
        if (item instanceof Map<?, ?> one
                && one.size() == 1
                && one.values().iterator().next() instanceof Map<?, ?> given) {
            String name = String.valueOf(one.keySet().iterator().next());
            Map<String, Object> settings = given.entrySet().stream()
                    .filter(entry -> entry.getValue() != null)
                    .collect(Collectors.toMap(entry -> String.valueOf(entry.getKey()), Map.Entry::getValue));
            return made(at, new VerifierSpec(name, settings));
        }
        throw new SettingException(at, "a verifier's name, or its name and its settings, is expected, not " + item);
    }

    private static Verifier made(String at, VerifierSpec spec) {
        try {
            return Verifiers.standard().of(spec);
        } catch (SettingException e) {
            throw new SettingException(at + "." + spec.name() + "." + e.key(), e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new SettingException(at, e.getMessage());
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Check verify(Answer answer) {
        Optional<String> part;
        try {
            Function<Matcher, Optional<String>> last = PartVerifier::last;
            part = new SteppedText(answer.output(), pattern).search(last);
        } catch (SteppedText.TooLongException e) {
            return Check.fail(NAME, "The answer can't be checked: " + e.getMessage());
        }
        if (part.isEmpty()) {
            return Check.fail(NAME, message.orElse("The answer contains nothing that matches the pattern " + pattern));
        }
        Answer alone = new Answer(answer.input(), part.get().strip(), answer.metadata());
        List<Check> checks =
                verifiers.stream().map(verifier -> verifier.verify(alone)).toList();
        boolean passed = checks.stream().allMatch(Check::passed);
        return new Check(
                NAME,
                passed,
                checks.stream()
                        .filter(check -> check.passed() == passed)
                        .map(check -> check.verifier() + ": " + check.message())
                        .collect(Collectors.joining("; ")));
    }

    private static Optional<String> last(Matcher matcher) {
        Optional<String> last = Optional.empty();
        while (matcher.find()) {
            last = Optional.ofNullable(matcher.groupCount() > 0 ? matcher.group(1) : matcher.group());
        }
        return last;
    }
}
