package dev.cermin.verify.code;

import dev.cermin.verify.Settings;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.VerifierProvider;
import java.util.Map;
import java.util.function.Function;

/** The verifiers of this package. */
public final class CodeVerifiers implements VerifierProvider {
    @Override
    public Map<String, Function<Settings, Verifier>> verifiers() {
        return Map.of(
                JavaVerifier.TESTS, JavaVerifier::tests,
                JavaVerifier.COMPILES, JavaVerifier::compiles,
                PythonVerifier.NAME, PythonVerifier::new,
                SpeedVerifier.JAVA, SpeedVerifier::java,
                SpeedVerifier.PYTHON, SpeedVerifier::python);
    }
}
