package dev.cermin.verify;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The verifiers of this package. */
public final class StandardVerifiers implements VerifierProvider {
    @Override
    public Map<String, Function<Settings, Verifier>> verifiers() {
        return Map.of(
                EquationVerifier.NAME, plain(EquationVerifier::new),
                ArithmeticVerifier.NAME, plain(ArithmeticVerifier::new));
    }

    /** One without settings. */
    private static Function<Settings, Verifier> plain(Supplier<Verifier> maker) {
        return settings -> {
            settings.noOthers();
            return maker.get();
        };
    }
}
