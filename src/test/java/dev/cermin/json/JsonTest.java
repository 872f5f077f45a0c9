package dev.cermin.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {
    record Sample(
            String text,
            int count,
            @Nullable Instant at,
            @Nullable Duration took,
            @Nullable BigDecimal cost) {}

    @Test
    void keysAreSortedNullsLeftOutAndTimesAreText() {
        Sample sample = new Sample("a", 1, Instant.parse("2030-01-01T12:00:00.5Z"), Duration.ofSeconds(90), null);

        assertThat(Json.text(sample))
                .isEqualTo("{\"at\":\"2030-01-01T12:00:00.500Z\",\"count\":1,\"text\":\"a\",\"took\":\"PT1M30S\"}");
    }

    @Test
    void equalMapsGiveEqualBytes() {
        Map<String, Integer> one = new LinkedHashMap<>(Map.of("a", 1));
        one.put("b", 2);
        Map<String, Integer> other = new LinkedHashMap<>(Map.of("b", 2));
        other.put("a", 1);

        assertThat(Json.bytes(one)).isEqualTo(Json.bytes(other));
    }

    @Property(tries = 300)
    void whatIsWrittenIsRead(@ForAll String text, @ForAll int count, @ForAll BigDecimal cost) {
        Sample sample = new Sample(text, count, null, null, cost);

        assertThat(Json.read(Json.text(sample), Sample.class)).isEqualTo(sample);
    }

    @Test
    void aLoneSurrogateDoesNotSpoilTheWhole() {
        Sample sample = new Sample("a\ud83dz \ud83d\ude00", 1, null, null, null);

        assertThat(new String(Json.bytes(sample), StandardCharsets.UTF_8)).contains("\"a?z \ud83d\ude00\"");
    }

    @Test
    void whatANewerWriterAddsIsIgnored() {
        assertThat(Json.read("{\"text\":\"a\",\"count\":1,\"colour\":\"red\"}", Sample.class))
                .isEqualTo(new Sample("a", 1, null, null, null));
    }

    @Test
    void whatCanNotBeReadIsToldWithItsPlace() {
        assertUnreadable("{\"text\":\"a\",\"count\":", "Not the JSON of a Sample");
        assertUnreadable("{\"text\":\"a\",\"count\":\"many\"}", "count");
        assertUnreadable("{\"text\":\"a\",\"count\":null}", "count");
        assertUnreadable("{\"text\":\"a\",\"count\":1,\"at\":\"noon\"}", "not in ISO-8601 form");
        assertUnreadable("null", "The JSON is null where a Sample is expected");
        assertUnreadable("", "Not the JSON of a Sample");
        assertThatThrownBy(() -> Json.read("[1, x]", new TypeReference<List<Integer>>() {}))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("line: 1");
        assertThatThrownBy(() -> Json.read("null", new TypeReference<List<Integer>>() {}))
                .isInstanceOf(JsonException.class);
    }

    private static void assertUnreadable(String json, String message) {
        assertThatThrownBy(() -> Json.read(json, Sample.class))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> Json.read(json.getBytes(StandardCharsets.UTF_8), Sample.class))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(message);
    }
}
