package dev.cermin.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cermin.observe.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard and the alert rules ask for metrics that there are, by labels that these have. */
class MonitoringTest {
    private static final Path FOLDER = Path.of("deploy/monitoring");
    private static final Pattern FIELD = Pattern.compile("\\{\\{\\s*\\$?(?:labels\\.)?(\\w+)[^}]*}}");

    /** By the name of each series: the labels that it has. */
    private static final Map<String, Set<String>> SERIES = series();

    private static Map<String, Set<String>> series() {
        Map<String, Set<String>> series = new HashMap<>();
        for (Metric metric : Metric.values()) {
            Set<String> labels = new TreeSet<>(metric.tags());
            if (metric.kind() == Metric.Kind.TIMER) {
                for (String part : List.of("_count", "_sum", "_max", "_bucket")) {
                    series.put(metric.exposed() + part, labels);
                }
                Set<String> buckets = new TreeSet<>(labels);
                buckets.add("le");
                series.put(metric.exposed() + "_bucket", buckets);
            } else {
                series.put(metric.exposed(), labels);
            }
        }
        // Prometheus' own
        series.put("up", Set.of("job", "instance"));
        return series;
    }

    static List<JsonNode> panels() throws IOException {
        JsonNode dashboard = Yaml.MAPPER.readTree(Files.readString(FOLDER.resolve("grafana/cermin.json")));
        return Yaml.all(dashboard.get("panels"))
                .filter(panel -> !panel.get("type").textValue().equals("row"))
                .toList();
    }

    static Stream<JsonNode> rules() {
        return Yaml.all(Yaml.read(FOLDER.resolve("rules.yaml")).getFirst().at("/groups/0/rules"));
    }

    @ParameterizedTest
    @MethodSource("panels")
    void panelsAskForWhatThereIs(JsonNode panel) {
        assertThat(panel.get("targets")).isNotEmpty();
        for (JsonNode target : panel.get("targets")) {
            Promql asked = expression(target.get("expr").textValue());
            assertThat(asked.grouped())
                    .containsAll(fields(target.get("legendFormat").textValue()));
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void rulesAskForWhatThereIs(JsonNode rule) {
        Promql asked = expression(rule.get("expr").textValue());

        assertThat(rule.get("alert").textValue()).startsWith("Cermin");
        assertThat(rule.at("/labels/severity").textValue()).isIn("critical", "warning");
        Set<String> told = fields(rule.at("/annotations/summary").textValue());
        told.remove("value");
        assertThat(asked.metrics.contains("up") ? SERIES.get("up") : asked.grouped())
                .containsAll(told);
        if (rule.has("for")) {
            assertThat(rule.get("for").textValue()).matches("[0-9]+[smh]");
        }
    }

    private static Promql expression(String text) {
        Promql asked = Promql.read(text);
        assertThat(asked.metrics).isNotEmpty().isSubsetOf(SERIES.keySet());
        Set<String> labels = new TreeSet<>();
        asked.metrics.forEach(metric -> labels.addAll(SERIES.get(metric)));
        assertThat(asked.labels).isSubsetOf(labels);
        // a counter alone is how long its process has lived
        assertThat(asked.rates)
                .containsAll(asked.metrics.stream()
                        .filter(metric -> metric.matches(".*_(total|count|sum|bucket)"))
                        .toList());
        return asked;
    }

    private static Set<String> fields(String text) {
        Set<String> fields = new TreeSet<>();
        FIELD.matcher(text).results().forEach(field -> fields.add(field.group(1)));
        return fields;
    }

    @Test
    void operatorsFindWhatTheyAskFor() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (JsonNode panel : panels()) {
            panel.get("targets")
                    .forEach(target ->
                            shown.addAll(Promql.read(target.get("expr").textValue()).metrics));
        }
        List<String> missing = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            if (shown.stream().noneMatch(series -> series.startsWith(metric.exposed()))) {
                missing.add(metric.exposed());
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void panelsLieBesideEachOther() throws IOException {
        Set<String> taken = new TreeSet<>();
        for (JsonNode panel : panels()) {
            JsonNode at = panel.get("gridPos");
            assertThat(at.get("x").intValue() + at.get("w").intValue()).isLessThanOrEqualTo(24);
            for (int x = 0; x < at.get("w").intValue(); x++) {
                for (int y = 0; y < at.get("h").intValue(); y++) {
                    assertThat(taken.add((at.get("x").intValue() + x) + "/"
                                    + (at.get("y").intValue() + y)))
                            .isTrue();
                }
            }
        }
        assertThat(panels().stream().map(panel -> panel.get("id").intValue())).doesNotHaveDuplicates();
    }

    @Test
    void theOperatorGetsTheSameRules() {
        JsonNode wrapped = Yaml.read(FOLDER.resolve("prometheus-rule.yaml")).getFirst();

        assertThat(wrapped.at("/spec/groups"))
                .isEqualTo(Yaml.read(FOLDER.resolve("rules.yaml")).getFirst().get("groups"));
    }

    @Test
    void everyAlertIsExplained() throws IOException {
        String operations = Files.readString(Path.of("docs/operations.md"));

        assertThat(rules().map(rule -> rule.get("alert").textValue()))
                .doesNotHaveDuplicates()
                .allSatisfy(alert -> assertThat(operations).contains("`" + alert + "`"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum by (lane) (rate(cermin_steps_total[5m])",
                "sum(rate(cermin_steps_total[5 minutes]))",
                "sum(rate(cermin_steps_total[5m]]))",
                "cermin_steps_total{lane='generate'}",
                "max(cermin_lane_lag) >> 3",
                "max(cermin_lane_lag) >",
                "max(cermin_lane_lag cermin_lane_paused)"
            })
    void whatIsNoExpressionIsSeen(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Promql.read(text));
    }
}
