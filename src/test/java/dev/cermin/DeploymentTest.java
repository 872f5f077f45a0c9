package dev.cermin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cermin.config.CerminConfig;
import dev.cermin.flow.Topics;
import dev.cermin.plan.Gpus;
import dev.cermin.plan.ModelInfos;
import dev.cermin.plan.Plan;
import dev.cermin.plan.PlanRequest;
import dev.cermin.plan.Planner;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** What lies in deploy/ can't be run here; it can be read, and names only what there is. */
class DeploymentTest {
    /** Of llama-server's options, as its README has them. */
    private static final Set<String> LLAMA_VARIABLES = Set.of(
            "LLAMA_ARG_MODEL",
            "LLAMA_ARG_CTX_SIZE",
            "LLAMA_ARG_N_PARALLEL",
            "LLAMA_ARG_N_GPU_LAYERS",
            "LLAMA_ARG_SPLIT_MODE",
            "LLAMA_ARG_TENSOR_SPLIT",
            "LLAMA_ARG_N_CPU_MOE",
            "LLAMA_ARG_CACHE_TYPE_K",
            "LLAMA_ARG_CACHE_TYPE_V",
            "LLAMA_ARG_FLASH_ATTN",
            "LLAMA_ARG_HOST",
            "LLAMA_ARG_PORT",
            "LLAMA_ARG_UI",
            "LLAMA_ARG_RPC");

    /** Read by the launcher and by compose files, not by the configuration. */
    private static final Set<String> OTHER_VARIABLES = Set.of(
            "CERMIN_HOME",
            "CERMIN_JAVA_OPTS",
            "CERMIN_POSTGRES_PASSWORD",
            "CERMIN_SERVICES_PASSWORD",
            "CERMIN_GRAFANA_PASSWORD",
            "CERMIN_CHAT_API_KEY",
            "CERMIN_KEY_SHA256",
            "CERMIN_LLAMA_SERVER");

    /** Of Kafka's own image, for the broker. */
    private static final Path BROKER = Path.of("deploy/compose.yaml");

    static Stream<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(Path.of("deploy"))) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        files.add(Path.of("docs/local-models.md"));
        files.add(Path.of("docs/operations.md"));
        return files.stream();
    }

    static Stream<Path> yaml() throws IOException {
        return files().filter(file -> file.toString().endsWith(".yaml"));
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void itIsYaml(Path file) throws IOException {
        assertThat(documents(file))
                .isNotEmpty()
                .allSatisfy(document -> assertThat(document).isInstanceOf(Map.class));
    }

    @ParameterizedTest
    @MethodSource("files")
    void settingsThatAreNamedExist(Path file) throws IOException {
        String text = Files.readString(file);
        List<Pattern> keys = new ArrayList<>();
        keys("cermin", CerminConfig.class, keys);
        Set<String> unknown = new TreeSet<>();
        matches("\\bcermin\\.[a-z][\\w.-]*[\\w]", text)
                .filter(key -> key.indexOf('.') != key.length() - 1)
                .filter(key ->
                        keys.stream().noneMatch(pattern -> pattern.matcher(key).matches()))
                .filter(key -> !Topics.all().containsKey(key) && !key.startsWith("cermin.steps"))
                // what spans say of their task
                .filter(key -> !key.matches("cermin\\.(step\\.number|stop_reason|task\\.id)"))
                // labels of Kubernetes, and files
                .filter(key -> !key.matches("cermin\\.(dev|json|yaml)"))
                .forEach(unknown::add);
        matches("\\bCERMIN_[A-Z0-9_]+", text)
                .filter(name -> !OTHER_VARIABLES.contains(name))
                .filter(name -> keys.stream()
                        .noneMatch(pattern -> variable(pattern).matcher(name).matches()))
                .forEach(unknown::add);
        matches("\\bLLAMA_ARG_[A-Z_]+", text)
                .filter(name -> !LLAMA_VARIABLES.contains(name))
                .forEach(unknown::add);

        assertThat(unknown).isEmpty();
    }

    /** Quarkus' extensions tell their settings, variables too; the clients of Kafka theirs. */
    @ParameterizedTest
    @MethodSource("files")
    void settingsOfQuarkusAndKafkaExist(Path file) throws IOException {
        String text = Files.readString(file);
        List<Pattern> quarkus = quarkusVariables().stream()
                // a name of the user's own between double underscores
                .map(variable -> Pattern.compile(variable.replaceAll("__[A-Z_]+?__", "__[A-Z0-9_]+__")))
                .toList();

        assertThat(matches("\\bQUARKUS_[A-Z0-9_]+", text))
                .allSatisfy(name -> assertThat(quarkus)
                        .as(name)
                        .anyMatch(variable -> variable.matcher(name).matches()));
        if (!file.equals(BROKER)) {
            assertThat(matches("\\bKAFKA_[A-Z0-9_]+", text)).isSubsetOf(kafkaVariables());
        }
    }

    private static Set<String> quarkusVariables() throws IOException {
        Set<String> variables = new TreeSet<>();
        var models = Thread.currentThread()
                .getContextClassLoader()
                .getResources("META-INF/quarkus-config-doc/quarkus-config-model.json");
        while (models.hasMoreElements()) {
            try (InputStream model = models.nextElement().openStream()) {
                new ObjectMapper()
                        .readTree(model)
                        .findValues("environmentVariable")
                        .forEach(variable -> variables.add(variable.textValue()));
            }
        }
        assertThat(variables).contains("QUARKUS_DATASOURCE_JDBC_URL", "QUARKUS_HTTP_HOST");
        return variables;
    }

    private static Set<String> kafkaVariables() {
        Set<String> variables = new TreeSet<>();
        Stream.of(ConsumerConfig.configNames(), ProducerConfig.configNames(), AdminClientConfig.configNames())
                .flatMap(Set::stream)
                .map(name -> "KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'))
                .forEach(variables::add);
        return variables;
    }

    @Test
    void theExampleIsWhatThePlanSays() throws IOException {
        Plan plan = Planner.plan(ModelInfos.find("llama-3.1-70b"), PlanRequest.of(Gpus.parse("2x24GiB"), 8192));
        Map<String, String> example = new LinkedHashMap<>();
        Files.readAllLines(Path.of("deploy/llama/llama.env")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .forEach(line -> example.put(line[0], line[1]));

        assertThat(example.remove("LLAMA_CARDS")).isEqualTo("2");
        assertThat(example).isEqualTo(plan.environment());
        assertThat(LLAMA_VARIABLES).containsAll(plan.environment().keySet());
    }

    /** A port that is published on the loopback is refused to containers: they need a network in common. */
    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "rpc.compose.yaml"})
    void cerminsContainersReachTheServer(String name) throws IOException {
        Object server = documents(Path.of("deploy/llama", name)).getFirst();
        Object cermin = documents(Path.of("deploy/llama/workers.compose.yaml")).getFirst();
        Object worker = at(cermin, "services", "worker");
        URI url = URI.create((String) at(worker, "environment", "CERMIN_MODELS_LARGE_BASE_URL"));

        assertThat(at(cermin, "networks", "llama", "name")).isEqualTo(at(server, "networks", "default", "name"));
        assertThat(at(cermin, "networks", "llama", "external")).isEqualTo(true);
        assertThat(at(worker, "networks")).isEqualTo(List.of("default", "llama"));
        assertThat(at(documents(Path.of("deploy/compose.yaml")).getFirst(), "services", "worker"))
                .isNotNull();
        Object service = at(server, "services", url.getHost()) != null
                ? at(server, "services", url.getHost())
                : at(server, "services", "first");
        if (at(server, "services", url.getHost()) == null) {
            assertThat(at(service, "networks", "default", "aliases")).isEqualTo(List.of(url.getHost()));
        }
        assertThat(at(service, "environment", "LLAMA_ARG_PORT")).isEqualTo(String.valueOf(url.getPort()));
    }

    @Test
    void theHostReachesTheServerWhereThePlanSays() throws IOException {
        String told = Planner.plan(ModelInfos.find("llama-3.1-70b"), PlanRequest.of(Gpus.parse("2x24GiB"), 8192))
                .text();
        String url = matches("http://127\\.0\\.0\\.1:\\d+", told).findFirst().orElseThrow();
        for (String name : List.of("compose.yaml", "rpc.compose.yaml")) {
            assertThat(Files.readString(Path.of("deploy/llama", name)))
                    .contains("\"%s:8080\"".formatted(url.substring("http://".length())));
        }
        assertThat(Files.readString(Path.of("deploy/compose.yaml"))).doesNotContain(url.substring("http://".length()));
    }

    static Stream<Path> llama() throws IOException {
        return yaml().filter(file -> file.getFileName().toString().startsWith("llama-"));
    }

    @ParameterizedTest
    @MethodSource("llama")
    void everyServerOnKubernetesHasCardsAndProbes(Path file) throws IOException {
        for (Object document : documents(file)) {
            Object containers = at(document, "spec", "template", "spec", "containers");
            if (containers instanceof List<?> all) {
                for (Object container : all) {
                    assertThat(at(container, "resources", "limits", "nvidia.com/gpu"))
                            .isInstanceOf(Integer.class);
                    assertThat(at(container, "readinessProbe")).isNotNull();
                    if ("llama".equals(at(container, "name"))) {
                        assertThat(at(container, "startupProbe", "httpGet", "path"))
                                .isEqualTo("/health");
                        assertThat(at(container, "readinessProbe", "httpGet", "path"))
                                .isEqualTo("/health");
                    }
                }
            }
        }
    }

    /** A group that nobody is in for longer has no offsets any more, and would begin at the beginning. */
    @Test
    void offsetsOutliveTheRecordsThatTheyStandFor() throws IOException {
        long longest = documents(Path.of("deploy/kubernetes/kafka/topics.yaml")).stream()
                .filter(topic ->
                        String.valueOf(at(topic, "metadata", "name")).matches("cermin\\.(tasks|traces|steps\\..+)"))
                .mapToLong(topic -> ((Number) at(topic, "spec", "config", "retention.ms")).longValue())
                .max()
                .orElseThrow();
        List<Object> kept = new ArrayList<>();
        kept.add(at(
                documents(BROKER).getFirst(), "services", "kafka", "environment", "KAFKA_OFFSETS_RETENTION_MINUTES"));
        documents(Path.of("deploy/kubernetes/kafka/cluster.yaml")).stream()
                .map(resource -> at(resource, "spec", "kafka", "config", "offsets.retention.minutes"))
                .filter(Objects::nonNull)
                .forEach(kept::add);

        assertThat(kept)
                .hasSize(2)
                .allSatisfy(minutes -> assertThat(Duration.ofMinutes(((Number) minutes).longValue()))
                        .isGreaterThan(Duration.ofMillis(longest)));
    }

    @Test
    void aContainerStartsServicesAsTheLauncherDoes() throws IOException {
        String container = Files.readString(Path.of("deploy/Dockerfile"));
        List<String> lean = matches("(?m)^    lean=\"(\\$lean )?.*\"$", Files.readString(Path.of("cermin")))
                .flatMap(line -> matches("-X[\\w:=]+", line))
                .toList();

        assertThat(lean)
                .contains("-Xms32m")
                .allSatisfy(option -> assertThat(container).containsPattern("\\s" + Pattern.quote(option) + "\\s"));
    }

    private static Object at(Object node, String... path) {
        Object at = node;
        for (String name : path) {
            at = at instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return at;
    }

    private static List<Object> documents(Path file) throws IOException {
        List<Object> documents = new ArrayList<>();
        Load load = new Load(LoadSettings.builder().setSchema(new CoreSchema()).build());
        load.loadAllFromString(Files.readString(file)).forEach(documents::add);
        return documents;
    }

    private static Stream<String> matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(result -> result.group());
    }

    /** Every key of the configuration, as a pattern; the names in maps are free. */
    private static void keys(String prefix, Class<?> type, List<Pattern> keys) {
        for (Method method : type.getDeclaredMethods()) {
            if (method.getParameterCount() > 0 || method.isDefault() || method.isSynthetic()) {
                continue;
            }
            String key = prefix + "\\."
                    + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            Type result = method.getGenericReturnType();
            if (result instanceof ParameterizedType map && map.getRawType() == Map.class) {
                Type value = map.getActualTypeArguments()[1];
                key += "\\.[A-Za-z0-9-]+";
                result = value;
            }
            if (result instanceof Class<?> nested
                    && CerminConfig.class.getPackage().equals(nested.getPackage())
                    && nested.isInterface()) {
                keys(key, nested, keys);
            } else {
                keys.add(Pattern.compile(key));
            }
        }
    }

    private static Pattern variable(Pattern key) {
        String name = key.pattern()
                .replace("\\.[A-Za-z0-9-]+", "_@")
                .replace("\\.", "_")
                .replace("-", "_")
                .toUpperCase(Locale.ROOT)
                .replace("@", "[A-Z0-9]+");
        return Pattern.compile(name);
    }
}
