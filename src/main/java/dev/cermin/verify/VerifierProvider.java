package dev.cermin.verify;

import java.util.Map;
import java.util.function.Function;

/**
 * Brings verifiers that agent files can name. Found by {@link java.util.ServiceLoader}: an application adds its own by a
 * class and its line in {@code META-INF/services}.
 */
public interface VerifierProvider {
    /**
     * Makers by the verifier's name, in kebab-case. A maker reads its settings, ends with
     * {@link Settings#noOthers()}, and throws a {@link SettingException} where they can't be used.
     */
    Map<String, Function<Settings, Verifier>> verifiers();
}
