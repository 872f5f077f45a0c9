package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class VerifierSpecTest {
    @Test
    void equalSettingsGiveEqualJsonInWhateverOrderTheyWereGiven() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("b", List.of(Map.of("y", 1, "x", 2)));
        inner.put("a", null);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("z", inner);
        settings.put("k", "v");
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("k", "v");
        Map<String, Object> innerToo = new LinkedHashMap<>();
        innerToo.put("a", null);
        innerToo.put("b", List.of(Map.of("x", 2, "y", 1)));
        other.put("z", innerToo);

        assertThat(Json.text(new VerifierSpec("v", settings)))
                .isEqualTo(Json.text(new VerifierSpec("v", other)))
                .isEqualTo("{\"name\":\"v\",\"settings\":{\"k\":\"v\",\"z\":{\"a\":null,\"b\":[{\"x\":2,\"y\":1}]}}}");
        assertThat(new VerifierSpec("v", settings)).isEqualTo(new VerifierSpec("v", other));
        assertThat(new VerifierSpec("v", settings))
                .hasToString("VerifierSpec[name=v, settings={k=v, z={a=null, b=[{x=2, y=1}]}}]");
    }

    @Test
    void numbersOfCodeAreThoseOfJson() {
        assertRoundTrip(Map.of("n", (byte) 1), 1);
        assertRoundTrip(Map.of("n", 7L), 7);
        assertRoundTrip(Map.of("n", BigInteger.valueOf(1L << 40)), 1L << 40);
        assertRoundTrip(Map.of("n", Long.MIN_VALUE), Long.MIN_VALUE);
        assertRoundTrip(Map.of("n", BigInteger.TWO.pow(70)), BigInteger.TWO.pow(70));
        assertRoundTrip(Map.of("n", 0.1f), 0.1);
        assertRoundTrip(Map.of("n", new BigDecimal("0.10")), 0.1);
        assertRoundTrip(Map.of("n", 1e300), 1e300);
        assertRoundTrip(Map.of("n", 2.0), 2.0);
    }

    private static void assertRoundTrip(Map<String, Object> settings, Number number) {
        VerifierSpec spec = new VerifierSpec("v", settings);
        assertThat(spec.settings().get("n")).isEqualTo(number);
        assertThat(Json.read(Json.bytes(spec), VerifierSpec.class)).isEqualTo(spec);
    }

    @Property(tries = 200)
    void whateverIsSetIsTheSameAfterJson(@ForAll("settings") Map<String, Object> settings) {
        VerifierSpec spec = new VerifierSpec("v", settings);

        VerifierSpec again = Json.read(Json.bytes(spec), VerifierSpec.class);

        assertThat(again).isEqualTo(spec);
        assertThat(Json.bytes(again)).isEqualTo(Json.bytes(spec));
    }

    @Provide
    Arbitrary<Map<String, Object>> settings() {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(5).map(text -> text),
                Arbitraries.integers().map(number -> number),
                Arbitraries.longs().map(number -> number),
                Arbitraries.bigIntegers().map(number -> number),
                Arbitraries.doubles().map(number -> number),
                Arbitraries.bigDecimals().map(number -> number),
                Arbitraries.of(true, false).map(truth -> truth),
                Arbitraries.just((Object) 0).injectNull(1));
        return maps(Arbitraries.lazyOf(
                () -> leaf,
                () -> leaf,
                () -> leaf.list().ofMaxSize(3).map(list -> list),
                () -> maps(leaf).map(map -> map)));
    }

    private static Arbitrary<Map<String, Object>> maps(Arbitrary<Object> values) {
        return Arbitraries.maps(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(4), values)
                .ofMaxSize(4);
    }

    @Test
    void whatJsonHasNotIsRefusedWithItsPlace() {
        assertRefused(
                Map.of("a", Map.of("b", List.of(1, Double.NaN))), "a.b[1]", "a finite number is expected, not NaN");
        assertRefused(Map.of("a", new BigDecimal("1e999")), "a", "a finite number is expected, not Infinity");
        assertRefused(
                Map.of("a", new AtomicInteger(1)), "a", "a whole or a decimal number is expected, not a AtomicInteger");
        assertRefused(
                Map.of("a", new int[0]),
                "a",
                "a text, a number, true, false, a list or a map is expected, not a int[]");
        assertRefused(Map.of("a", Map.of(1, 2)), "a.1", "the name of a setting is a text, not 1");
    }

    private static void assertRefused(Map<String, Object> settings, String key, String message) {
        assertThatThrownBy(() -> new VerifierSpec("v", settings))
                .isInstanceOfSatisfying(
                        SettingException.class, e -> assertThat(e.key()).isEqualTo(key))
                .hasMessage(message);
    }

    @Test
    void whatWasGivenMayChangeAndTheSpecDoesNot() {
        List<Object> list = new ArrayList<>(Arrays.asList(1, 2));
        VerifierSpec spec = new VerifierSpec("v", Map.of("list", list));
        list.add(3);

        assertThat(spec.settings().get("list")).isEqualTo(List.of(1, 2));
        assertThatThrownBy(() -> spec.settings().put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
    }
}
