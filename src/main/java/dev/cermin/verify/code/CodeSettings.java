package dev.cermin.verify.code;

import dev.cermin.verify.Answer;
import dev.cermin.verify.Settings;
import dev.cermin.verify.VerifierUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the verifiers of code have in common.
 *
 * @param tests source text; where there is none, the task's metadata has it under the same name
 * @param limits what a program may use
 */
record CodeSettings(Optional<String> tests, Limits limits) {
    static final String TESTS = "tests";

    static CodeSettings read(Settings settings, Limits defaults) {
        return new CodeSettings(
                settings.optionalText(TESTS), readLimits(settings, defaults).limits());
    }

    /** Without tests. */
    static CodeSettings readLimits(Settings settings, Limits defaults) {
        Limits limits = defaults;
        OptionalInt seconds = settings.optionalWhole("timeout-seconds", 1);
        if (seconds.isPresent()) {
            limits = limits.withTime(Duration.ofSeconds(seconds.getAsInt()));
        }
        OptionalInt mebibytes = settings.optionalWhole("memory-mib", 64);
        if (mebibytes.isPresent()) {
            limits = limits.withMemory((long) mebibytes.getAsInt() << 20);
        }
        return new CodeSettings(Optional.empty(), limits);
    }

    /** The setting goes first: who gives a task must not choose what an agent is tested by. */
    static String of(Optional<String> setting, Answer answer, String key, String verifier) {
        return setting.or(() -> Optional.ofNullable(answer.metadata().get(key)))
                .orElseThrow(() -> new VerifierUnavailableException(
                        "The verifier '%s' has no %s: give them as its setting '%s', or in the task's metadata under '%s'"
                                .formatted(verifier, key, key, key)));
    }
}
