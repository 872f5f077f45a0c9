package dev.cermin.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    record Value(
            Map<String, String> texts,
            @Nullable String text,
            long whole,
            @Nullable Integer small,
            double fraction,
            BigDecimal money,
            boolean yes) {}

    @Property
    void whatItWritesIsWhatTheReferenceMakesOfOurJson(
            @ForAll @Size(max = 4) Map<String, String> texts,
            @ForAll String text,
            @ForAll long whole,
            @ForAll int small,
            @ForAll @DoubleRange(min = -Double.MAX_VALUE, max = Double.MAX_VALUE) double fraction,
            @ForAll BigDecimal money)
            throws IOException {
        Value value = new Value(texts, text, whole, small, fraction, money, true);
        assertThat(new String(CanonicalJson.bytes(value), UTF_8)).isEqualTo(canonicalised(value));
    }

    @Property
    void controlCharactersTooAndWhatJsonOrHtmlWouldEscape(
            @ForAll
                    @Chars({
                        '\0', '\b', '\t', '\n', '\u000b', '\u001f', '\u007f', '"', '\\', '/', '<', '\u2028', '\ud83d',
                        '\ude00'
                    })
                    String text)
            throws IOException {
        Value value = new Value(Map.of(), text, 0, null, 0, BigDecimal.ZERO, false);
        assertThat(new String(CanonicalJson.bytes(value), UTF_8)).isEqualTo(canonicalised(value));
    }

    @Test
    void numbersAreWrittenAsEcmascriptWritesThem() {
        Value value = new Value(Map.of(), null, 1L << 60, null, 1, new BigDecimal("0.00010"), true);
        assertThat(new String(CanonicalJson.bytes(value), UTF_8))
                .isEqualTo("{\"fraction\":1,\"money\":0.0001,\"texts\":{},\"whole\":1152921504606847000,\"yes\":true}");
    }

    private static String canonicalised(Value value) throws IOException {
        return new String(new JsonCanonicalizer(Json.bytes(value)).getEncodedUTF8(), UTF_8);
    }
}
