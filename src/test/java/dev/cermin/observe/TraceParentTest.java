package dev.cermin.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers may say of their trace, and what they had better not. */
class TraceParentTest {
    private static final String GIVEN = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void aTraceParentIsReadAndPassedOnAsItCame() {
        assertThat(TraceParent.of(GIVEN, "vendor=1")).hasValueSatisfying(read -> {
            assertThat(read.traceparent()).isEqualTo(GIVEN);
            assertThat(read.tracestate()).isEqualTo("vendor=1");
            assertThat(read.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(read.spanId()).isEqualTo("00f067aa0ba902b7");
        });
    }

    @Test
    void aStateThatIsTooLongIsLeftBehind() {
        assertThat(TraceParent.of(GIVEN, "v=" + "x".repeat(600)))
                .hasValueSatisfying(read -> assertThat(read.tracestate()).isNull());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nX: 1"
            })
    void whatIsNoneIsPassedOver(String given) {
        assertThat(TraceParent.of(given, "vendor=1")).isEmpty();
    }
}
