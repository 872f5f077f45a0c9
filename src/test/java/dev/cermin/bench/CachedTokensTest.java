package dev.cermin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.loop.Role;
import org.junit.jupiter.api.Test;

class CachedTokensTest {
    @Test
    void meansAreOfCallsAndSharesOfTokens() {
        CachedTokens cached = new CachedTokens();
        cached.add(Role.REFLECT, 100, 90);
        cached.add(Role.REFLECT, 300, 150);
        cached.add(Role.GENERATE, 20, 0);

        assertThat(cached).hasToString("generate 0.0 of 20.0 (0.0 %), reflect 120.0 of 200.0 (60.0 %)");
    }

    @Test
    void anEmptyPromptIsNoShare() {
        CachedTokens cached = new CachedTokens();
        cached.add(Role.CORRECT, 0, 0);

        assertThat(cached).hasToString("correct 0.0 of 0.0 (0.0 %)");
        cached.clear();
        assertThat(cached).hasToString("");
    }
}
