package dev.cermin.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The verifiers of this package, with the settings that agent files give them:
 *
 * <table>
 * <caption>Settings; those with a default may be left out</caption>
 * <tr><td>{@code arithmetic}, {@code calculations}, {@code duration}, {@code equation},
 * {@code equation-system}</td><td>none</td></tr>
 * <tr><td>{@code equivalent}</td><td>{@code expected}: an expression or equation</td></tr>
 * <tr><td>{@code json-schema}</td><td>{@code schema}: a mapping, or JSON text</td></tr>
 * <tr><td>{@code regex}</td><td>{@code pattern}; {@code must}: {@code match} (default), {@code contain} or
 * {@code not-contain}; {@code message}: default names the pattern</td></tr>
 * <tr><td>{@code length}</td><td>{@code unit}: {@code characters}, {@code words}, {@code lines}, {@code sentences} or
 * {@code paragraphs}; {@code min}, {@code max}: one at least</td></tr>
 * <tr><td>{@code sql}</td><td>{@code statements}: kinds such as {@code [select]}, default any; {@code single}: default
 * true</td></tr>
 * <tr><td>{@code citation}</td><td>{@code source}: a text, or {@code source-key}: of the task's metadata, default
 * {@code source}; {@code min-words}: default 3; {@code required}: default true</td></tr>
 * <tr><td>{@code part}</td><td>{@code pattern}: of which the last match, or its first group, is the part;
 * {@code verifiers}: a list of what is to hold of it; {@code message}: where there is no such part, default names the
 * pattern</td></tr>
 * </table>
 */
public final class StandardVerifiers implements VerifierProvider {
    @Override
    public Map<String, Function<Settings, Verifier>> verifiers() {
        return Map.ofEntries(
                Map.entry(EquationVerifier.NAME, plain(EquationVerifier::new)),
                Map.entry(ArithmeticVerifier.NAME, plain(ArithmeticVerifier::new)),
                Map.entry(EquivalentVerifier.NAME, StandardVerifiers::equivalent),
                Map.entry(JsonSchemaVerifier.NAME, StandardVerifiers::jsonSchema),
                Map.entry(RegexVerifier.NAME, StandardVerifiers::regex),
                Map.entry(LengthVerifier.NAME, StandardVerifiers::length),
                Map.entry(SqlVerifier.NAME, StandardVerifiers::sql),
                Map.entry(CitationVerifier.NAME, StandardVerifiers::citation),
                Map.entry(CalculationsVerifier.NAME, plain(CalculationsVerifier::new)),
                Map.entry(PartVerifier.NAME, PartVerifier::of),
                Map.entry(EquationSystemVerifier.NAME, plain(EquationSystemVerifier::new)),
                Map.entry(DurationVerifier.NAME, plain(DurationVerifier::new)));
    }

    /** One without settings. */
    private static Function<Settings, Verifier> plain(Supplier<Verifier> maker) {
        return settings -> {
            settings.noOthers();
            return maker.get();
        };
    }

    private static Verifier equivalent(Settings settings) {
        String expected = settings.text("expected");
        settings.noOthers();
        return of("expected", () -> EquivalentVerifier.to(expected));
    }

    private static Verifier jsonSchema(Settings settings) {
        Object schema = settings.value("schema");
        settings.noOthers();
        return of("schema", () -> JsonSchemaVerifier.ofSetting(schema));
    }

    private static Verifier regex(Settings settings) {
        String pattern = settings.text("pattern");
        var must = choice(settings, "must", RegexVerifier.Must.values()).orElse(RegexVerifier.Must.MATCH);
        Optional<String> message = settings.optionalText("message");
        settings.noOthers();
        RegexVerifier verifier = of("pattern", () -> RegexVerifier.of(must, pattern));
        return message.map(verifier::saying).orElse(verifier);
    }

    private static Verifier length(Settings settings) {
        settings.text("unit");
        var unit = choice(settings, "unit", LengthVerifier.Unit.values()).orElseThrow();
        OptionalInt min = settings.optionalWhole("min", 0);
        OptionalInt max = settings.optionalWhole("max", 0);
        settings.noOthers();
        if (min.isEmpty() && max.isEmpty()) {
            throw new SettingException("min", "is missing, and so is max; one of them is expected");
        }
        return of("max", () -> LengthVerifier.of(unit, min.orElse(0), max.orElse(LengthVerifier.UNLIMITED)));
    }

    private static Verifier sql(Settings settings) {
        List<String> kinds = settings.has("statements") ? settings.texts("statements") : List.of();
        boolean single = settings.truth("single", true);
        settings.noOthers();
        SqlVerifier verifier = of("statements", () -> SqlVerifier.of(kinds.toArray(String[]::new)));
        return single ? verifier : verifier.several();
    }

    private static Verifier citation(Settings settings) {
        Optional<String> source = settings.optionalText("source");
        Optional<String> key = settings.optionalText("source-key");
        int words = settings.optionalWhole("min-words", 1).orElse(CitationVerifier.MIN_WORDS);
        boolean required = settings.truth("required", true);
        settings.noOthers();
        if (source.isPresent() && key.isPresent()) {
            throw new SettingException("source-key", "stands beside source; only one of them is expected");
        }
        CitationVerifier verifier = source.map(CitationVerifier::from)
                .orElseGet(() -> CitationVerifier.fromMetadata(key.orElse(CitationVerifier.SOURCE)))
                .minWords(words);
        return required ? verifier : verifier.optional();
    }

    private static <E extends Enum<E>> Optional<E> choice(Settings settings, String key, E[] values) {
        return settings.optionalText(key)
                .map(text -> Arrays.stream(values)
                        .filter(value -> key(value).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new SettingException(
                                key,
                                "one of %s is expected, not '%s'"
                                        .formatted(
                                                Arrays.stream(values)
                                                        .map(StandardVerifiers::key)
                                                        .toList(),
                                                text))));
    }

    private static String key(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A setting that the verifier refuses. */
    private static <V extends Verifier> V of(String key, Supplier<V> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw new SettingException(key, e.getMessage());
        }
    }
}
