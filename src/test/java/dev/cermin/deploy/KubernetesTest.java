package dev.cermin.deploy;

import static dev.cermin.deploy.Kustomize.kind;
import static dev.cermin.deploy.Kustomize.name;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cermin.flow.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kubectl apply -k} would send, of each overlay. */
class KubernetesTest {
    private static final Path FOLDER = Path.of("deploy/kubernetes");
    private static final Map<String, List<ObjectNode>> OVERLAYS =
            Map.of("small", overlay("small"), "production", overlay("production"));

    private static List<ObjectNode> overlay(String name) {
        return Kustomize.build(FOLDER.resolve("overlays").resolve(name));
    }

    static Stream<JsonNode> documents() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        OVERLAYS.values().forEach(all::addAll);
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.filter(Files::isRegularFile).sorted().map(Yaml::read).forEach(all::addAll);
        }
        return all.stream();
    }

    static Stream<JsonNode> pods() {
        return OVERLAYS.values().stream().flatMap(KubernetesTest::deployments);
    }

    private static Stream<ObjectNode> deployments(List<ObjectNode> overlay) {
        return overlay.stream().filter(d -> kind(d).equals("Deployment"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyDocumentFitsItsKind(JsonNode document) {
        assertThat(Models.faults(document)).isEmpty();
        assertThat(name(document)).matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
    }

    @Test
    void aMisspeltFieldIsFound() {
        for (JsonNode document : OVERLAYS.get("production")) {
            ObjectNode copy = document.deepCopy();
            if (copy.get("spec") instanceof ObjectNode spec) {
                spec.put("replica", 3);
                assertThat(Models.faults(copy))
                        .as("%s %s", kind(copy), name(copy))
                        .isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void nothingIsThereTwice(String overlay) {
        assertThat(OVERLAYS.get(overlay).stream().map(d -> kind(d) + "/" + name(d)))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @MethodSource("pods")
    void podsHaveNoRightsThatTheyDoNotNeed(JsonNode deployment) {
        JsonNode pod = deployment.at("/spec/template/spec");
        assertThat(pod.get("automountServiceAccountToken").booleanValue()).isFalse();
        assertThat(pod.at("/securityContext/runAsNonRoot").booleanValue()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").intValue()).isEqualTo(imageUser());
        assertThat(pod.at("/securityContext/seccompProfile/type").textValue()).isEqualTo("RuntimeDefault");
        assertThat(pod.get("containers")).hasSize(1);
        JsonNode container = pod.at("/containers/0");
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").booleanValue())
                .isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").booleanValue())
                .isFalse();
        assertThat(container.at("/securityContext/capabilities/drop/0").textValue())
                .isEqualTo("ALL");
        for (String amount : List.of("cpu", "memory")) {
            assertThat(container.at("/resources/requests/" + amount).textValue())
                    .isNotBlank();
            assertThat(container.at("/resources/limits/" + amount).textValue()).isNotBlank();
        }
    }

    private static int imageUser() {
        try {
            return Files.readAllLines(Path.of("deploy/Dockerfile")).stream()
                    .filter(line -> line.startsWith("USER "))
                    .map(line -> Integer.parseInt(line.replaceAll("USER (\\d+):\\d+", "$1")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("pods")
    void quarkusIsAskedHowItIs(JsonNode deployment) {
        JsonNode container = deployment.at("/spec/template/spec/containers/0");
        Map.of("startupProbe", "started", "readinessProbe", "ready", "livenessProbe", "live")
                .forEach((probe, path) -> assertThat(
                                container.at("/" + probe + "/httpGet/path").textValue())
                        .isEqualTo("/q/health/" + path));
        assertThat(container.at("/ports/0/containerPort").intValue()).isEqualTo(8080);
    }

    @ParameterizedTest
    @MethodSource("pods")
    void aPodMayFinishItsDrain(JsonNode deployment) throws IOException {
        int drain = seconds(config().get("CERMIN_WORKER_DRAIN").textValue());
        int requests = seconds(property("quarkus.shutdown.timeout"));
        int before = deployment
                .at("/spec/template/spec/containers/0/lifecycle/preStop/sleep/seconds")
                .asInt();

        // the lanes' last commit takes up to 10 s beyond the drain
        assertThat(deployment
                        .at("/spec/template/spec/terminationGracePeriodSeconds")
                        .intValue())
                .isGreaterThanOrEqualTo(before + drain + 10 + requests);
    }

    private static int seconds(String duration) {
        return Integer.parseInt(duration.replaceFirst("s$", ""));
    }

    private static JsonNode config() {
        return OVERLAYS.get("small").stream()
                .filter(d -> kind(d).equals("ConfigMap") && name(d).equals("cermin"))
                .findFirst()
                .orElseThrow()
                .get("data");
    }

    private static String property(String name) throws IOException {
        return Files.readAllLines(Path.of("src/main/resources/application.properties")).stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void everyLaneAndRoleIsServedOnce(String overlay) {
        Map<String, Integer> served = new TreeMap<>();
        deployments(OVERLAYS.get(overlay)).forEach(deployment -> {
            Map<String, String> env = new TreeMap<>();
            deployment
                    .at("/spec/template/spec/containers/0/env")
                    .forEach(entry -> env.put(
                            entry.get("name").textValue(), entry.path("value").asText()));
            String role = env.get("CERMIN_ROLES");
            if (!role.equals("worker")) {
                Stream.of(role.split(",")).forEach(each -> served.merge(each, 1, Integer::sum));
                return;
            }
            Stream.concat(Stream.of("intake"), Topics.STEP_LANES.stream())
                    .filter(lane -> !"false"
                            .equals(env.get("CERMIN_LANES_" + lane.toUpperCase(java.util.Locale.ROOT) + "_ENABLED")))
                    .forEach(lane -> {
                        assertThat(name(deployment)).isEqualTo(lane);
                        served.merge(lane, 1, Integer::sum);
                    });
        });

        assertThat(served.keySet())
                .containsAll(Topics.STEP_LANES)
                .contains("intake", "gateway", "recorder", "notifier");
        assertThat(served.values()).containsOnly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void selectorsChooseSomething(String overlay) {
        List<JsonNode> labels = deployments(OVERLAYS.get(overlay))
                .map(d -> d.at("/spec/template/metadata/labels"))
                .toList();
        Set<String> accounts = names(overlay, "ServiceAccount");
        List<String> disrupted = new ArrayList<>();
        for (JsonNode document : OVERLAYS.get(overlay)) {
            switch (kind(document)) {
                case "Deployment" -> {
                    assertThat(includes(
                                    document.at("/spec/template/metadata/labels"),
                                    document.at("/spec/selector/matchLabels")))
                            .isTrue();
                    assertThat(accounts)
                            .contains(document.at("/spec/template/spec/serviceAccountName")
                                    .textValue());
                }
                case "Service" -> assertThat(labels).anyMatch(pod -> includes(pod, document.at("/spec/selector")));
                case "PodDisruptionBudget" -> {
                    disrupted.add(name(document));
                    assertThat(labels).anyMatch(pod -> includes(pod, document.at("/spec/selector/matchLabels")));
                }
                case "NetworkPolicy" -> {
                    JsonNode chosen = document.at("/spec/podSelector/matchLabels");
                    assertThat(chosen.has("cnpg.io/cluster") || labels.stream().anyMatch(pod -> includes(pod, chosen)))
                            .isTrue();
                }
                default -> {}
            }
        }
        assertThat(disrupted).hasSameElementsAs(names(overlay, "Deployment"));
    }

    private static boolean includes(JsonNode labels, JsonNode selector) {
        return !selector.isEmpty()
                && selector.properties().stream().allMatch(e -> e.getValue().equals(labels.get(e.getKey())));
    }

    private static Set<String> names(String overlay, String kind) {
        Set<String> names = new TreeSet<>();
        OVERLAYS.get(overlay).stream().filter(d -> kind(d).equals(kind)).forEach(d -> names.add(name(d)));
        return names;
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void nothingIsLetInOrOutUnnamed(String overlay) {
        JsonNode all = find(overlay, "NetworkPolicy", "cermin-nothing");
        assertThat(all.at("/spec/policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
        assertThat(all.get("spec").has("ingress") || all.get("spec").has("egress"))
                .isFalse();
        assertThat(deployments(OVERLAYS.get(overlay)))
                .allMatch(
                        d -> includes(d.at("/spec/template/metadata/labels"), all.at("/spec/podSelector/matchLabels")));
    }

    private static JsonNode find(String overlay, String kind, String name) {
        return OVERLAYS.get(overlay).stream()
                .filter(d -> kind(d).equals(kind) && name(d).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no " + kind + " " + name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void theTopicsAreThose(String overlay) {
        assertThat(names(overlay, "KafkaTopic"))
                .containsExactlyInAnyOrderElementsOf(Topics.all().keySet());
        int nodes = find(overlay, "KafkaNodePool", "nodes").at("/spec/replicas").intValue();
        OVERLAYS.get(overlay).stream().filter(d -> kind(d).equals("KafkaTopic")).forEach(topic -> {
            JsonNode spec = topic.get("spec");
            assertThat(spec.get("replicas").intValue()).isEqualTo(nodes);
            assertThat(spec.at("/config/min.insync.replicas").intValue()).isEqualTo(Math.max(1, nodes - 1));
            assertThat(spec.at("/config/max.message.bytes").intValue()).isEqualTo(4 << 20);
            // what is read by its key keeps its order; what all read has one
            assertThat(spec.get("partitions").intValue() == 1)
                    .isEqualTo(Topics.all().get(name(topic)) == 1);
        });
    }

    /** The lanes' groups are called as their topics. */
    @Test
    void lanesGrowWithTheirOwnLag() throws IOException {
        Map<String, String> groups = new TreeMap<>();
        groups.put("intake", Topics.TASKS);
        Topics.STEP_LANES.forEach(lane -> groups.put(lane, Topics.ofLane(lane)));
        groups.put("recorder", property("mp.messaging.incoming.traces.group.id"));

        Map<String, String> scaled = new TreeMap<>();
        for (JsonNode document : OVERLAYS.get("production")) {
            if (kind(document).equals("ScaledObject")) {
                JsonNode spec = document.get("spec");
                assertThat(spec.at("/scaleTargetRef/name").textValue()).isEqualTo(name(document));
                JsonNode kafka = spec.at("/triggers/0/metadata");
                scaled.put(name(document), kafka.get("consumerGroup").textValue());
                JsonNode topic =
                        find("production", "KafkaTopic", kafka.get("topic").textValue());
                assertThat(spec.get("maxReplicaCount").intValue())
                        .isBetween(1, topic.at("/spec/partitions").intValue());
                assertThat(kafka.get("bootstrapServers").textValue())
                        .isEqualTo(config().get("KAFKA_BOOTSTRAP_SERVERS").textValue());
            }
        }
        assertThat(scaled).isEqualTo(groups);
        // who scales a deployment owns its number of pods
        assertThat(deployments(OVERLAYS.get("production"))
                        .filter(d -> !d.get("spec").has("replicas")))
                .extracting(Kustomize::name)
                .containsExactlyInAnyOrderElementsOf(scalers());
    }

    private static Set<String> scalers() {
        Set<String> scaled = names("production", "ScaledObject");
        scaled.addAll(names("production", "HorizontalPodAutoscaler"));
        return scaled;
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void clientsAskForStoresThatAreThere(String overlay) {
        String kafka = name(find(overlay, "Kafka", "cermin"));
        assertThat(config().get("KAFKA_BOOTSTRAP_SERVERS").textValue()).isEqualTo(kafka + "-kafka-bootstrap:9093");
        assertThat(find(overlay, "Kafka", kafka)
                        .at("/spec/kafka/listeners/0/port")
                        .intValue())
                .isEqualTo(9093);
        String postgres = name(find(overlay, "Cluster", "cermin-postgres"));
        assertThat(config().get("QUARKUS_DATASOURCE_JDBC_URL").textValue())
                .startsWith("jdbc:postgresql://" + postgres + "-rw:5432/cermin?");
        Set<String> made = names(overlay, "Secret");
        made.addAll(names(overlay, "KafkaUser"));
        String services = find(overlay, "Cluster", postgres)
                .at("/spec/managed/roles/0/passwordSecret/name")
                .textValue();
        made.addAll(Set.of(postgres + "-app", services, kafka + "-cluster-ca-cert"));
        // only the recorder may change tables
        for (ObjectNode deployment : OVERLAYS.get(overlay)) {
            if (deployment.path("kind").textValue().equals("Deployment")) {
                boolean owner = deployment.findValues("secretKeyRef").stream()
                        .anyMatch(ref -> ref.get("name").textValue().equals(postgres + "-app"));
                assertThat(owner).isEqualTo(name(deployment).equals("recorder"));
            }
        }
        for (ObjectNode document : OVERLAYS.get(overlay)) {
            document.findValues("secretKeyRef")
                    .forEach(ref -> assertThat(made).contains(ref.get("name").textValue()));
            document.findValues("secretTargetRef")
                    .forEach(refs -> refs.forEach(
                            ref -> assertThat(made).contains(ref.get("name").textValue())));
            document.findValues("secretName").forEach(secret -> assertThat(made).contains(secret.textValue()));
        }
    }
}
