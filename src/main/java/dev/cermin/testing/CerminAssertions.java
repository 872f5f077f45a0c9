package dev.cermin.testing;

import dev.cermin.loop.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * AssertJ's {@code assertThat} for Cermin's own types; a static import of it goes well beside AssertJ's own. Needs
 * {@code org.assertj:assertj-core}.
 */
public final class CerminAssertions {
    private CerminAssertions() {}

    public static OutcomeAssert assertThat(@Nullable Outcome actual) {
        return new OutcomeAssert(actual);
    }
}
