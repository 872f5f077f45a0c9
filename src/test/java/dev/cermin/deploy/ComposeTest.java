package dev.cermin.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docker compose} would read. */
class ComposeTest {
    private static final Path COMPOSE = Path.of("deploy/compose.yaml");
    private static final Path LANES = Path.of("deploy/lanes.compose.yaml");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z_0-9]+(:?[-?][^}]*)?}");

    static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("deploy"), 2)) {
            return all.filter(file -> file.getFileName().toString().endsWith("compose.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void itIsCompose(Path file) {
        assertThat(Models.schema("/deploy/compose.schema.json", read(file))).isEmpty();
    }

    private static JsonNode read(Path file) {
        return Yaml.read(file).getFirst();
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatIsMountedAndExtendedIsThere(Path file) {
        JsonNode compose = read(file);
        Set<String> volumes = new TreeSet<>();
        compose.path("volumes").fieldNames().forEachRemaining(volumes::add);
        for (JsonNode service : compose.get("services")) {
            for (JsonNode mount : service.path("volumes")) {
                String source = mount.textValue().split(":", 2)[0];
                if (source.startsWith("./")) {
                    assertThat(file.resolveSibling(source)).exists();
                } else if (!source.startsWith("$")) {
                    assertThat(volumes).contains(source);
                }
            }
            JsonNode extended = service.path("extends");
            if (!extended.isMissingNode()) {
                JsonNode from = read(file.resolveSibling(extended.get("file").textValue()));
                assertThat(from.at("/services/" + extended.get("service").textValue())
                                .isObject())
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void variablesAreWellFormed(Path file) throws IOException {
        String text = Files.readString(file);
        Matcher all = Pattern.compile("\\$\\{").matcher(text);
        assertThat(VARIABLE.matcher(text).results().count())
                .isEqualTo(all.results().count());
    }

    @Test
    void rolesAreServicesThatKeepTheirRights() {
        JsonNode services = read(COMPOSE).get("services");
        for (String role : List.of("gateway", "worker", "recorder", "notifier")) {
            JsonNode service = services.get(role);
            assertThat(service.at("/environment/CERMIN_ROLES").textValue()).isEqualTo(role);
            assertThat(service.get("read_only").booleanValue()).isTrue();
            assertThat(service.at("/cap_drop/0").textValue()).isEqualTo("ALL");
            assertThat(service.get("mem_limit").textValue()).isNotBlank();
            assertThat(service.at("/depends_on/kafka/condition").textValue()).isEqualTo("service_healthy");
        }
        // what listens beyond this machine's loopback can be reached by everybody
        services.forEach(service -> service.path("ports")
                .forEach(port -> assertThat(port.textValue()).startsWith("127.0.0.1:")));
    }

    @Test
    void everyLaneHasOneServiceInTheWorkersPlace() {
        JsonNode services = read(LANES).get("services");
        assertThat(services.at("/worker/scale").intValue()).isZero();
        List<String> lanes = List.of("intake", "generate", "reflect", "correct");
        List<String> names = new ArrayList<>();
        services.fieldNames().forEachRemaining(names::add);
        names.remove("worker");
        assertThat(names).containsExactlyInAnyOrderElementsOf(lanes);
        for (String name : names) {
            Set<String> off = new TreeSet<>();
            services.get(name).get("environment").properties().forEach(entry -> {
                assertThat(entry.getValue().textValue()).isEqualTo("false");
                off.add(entry.getKey());
            });
            Set<String> others = new TreeSet<>();
            lanes.stream()
                    .filter(lane -> !lane.equals(name))
                    .forEach(
                            lane -> others.add("CERMIN_LANES_" + lane.toUpperCase(java.util.Locale.ROOT) + "_ENABLED"));
            assertThat(off).isEqualTo(others);
        }
    }

    @Test
    void prometheusAsksEveryService() {
        JsonNode asked =
                read(Path.of("deploy/monitoring/prometheus.yml")).at("/scrape_configs/0/dns_sd_configs/0/names");
        Set<String> services = new TreeSet<>();
        for (Path file : List.of(COMPOSE, LANES)) {
            read(file).get("services").fieldNames().forEachRemaining(services::add);
        }
        services.removeAll(Set.of("kafka", "postgres", "prometheus", "grafana"));
        assertThat(Yaml.all(asked).map(JsonNode::textValue)).containsExactlyInAnyOrderElementsOf(services);
    }
}
