package dev.cermin;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.cermin.loop.LoopState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The walls between the packages, as a table. */
class ArchitectureTest {
    private static final JavaClasses CERMIN = new ClassFileImporter()
            .importUrl(LoopState.class.getProtectionDomain().getCodeSource().getLocation());

    /**
     * What a package may touch beside the JDK (without java.sql) and JSpecify; all else is forbidden. So the core knows
     * nothing of Quarkus, Kafka and Hibernate, and nothing knows the command line.
     *
     * @param name below dev.cermin, empty for that itself; packages below it are not meant
     * @param ours the packages of Cermin that it may touch
     * @param libraries the packages of others
     */
    record Wall(String name, List<String> ours, List<String> libraries) {
        @Override
        public String toString() {
            return room(name);
        }
    }

    private static String room(String name) {
        return name.isEmpty() ? "dev.cermin" : "dev.cermin." + name;
    }

    static final List<Wall> WALLS = List.of(
            new Wall(
                    "",
                    List.of(
                            "agent",
                            "run",
                            "loop",
                            "policy",
                            "model",
                            "verify",
                            "tool",
                            "trace",
                            "critique",
                            "lesson",
                            "redact"),
                    List.of("dev.langchain4j..")),
            new Wall("json", List.of(), List.of("com.fasterxml.jackson..", "org.erdtman.jcs..")),
            new Wall("text", List.of(), List.of()),
            new Wall("redact", List.of(), List.of("com.google.re2j..")),
            new Wall("audit", List.of(), List.of()),
            new Wall("plot", List.of(), List.of()),
            new Wall("problem", List.of(), List.of()),
            new Wall("tune", List.of(), List.of()),
            new Wall(
                    "tune.source",
                    List.of("tune", "tune.lines", "json", "loop", "trace", "critique", "verify"),
                    List.of("com.fasterxml.jackson..")),
            new Wall(
                    "tune.select",
                    List.of(
                            "tune",
                            "tune.lines",
                            "tune.score",
                            "tune.source",
                            "json",
                            "agent",
                            "eval",
                            "loop",
                            "model",
                            "trace"),
                    List.of("com.fasterxml.jackson..")),
            new Wall("tune.lines", List.of("tune", "json"), List.of("com.fasterxml.jackson..")),
            new Wall(
                    "tune.score",
                    List.of("tune", "model", "model.jlama", "model.llamacpp", "model.remote"),
                    List.of("dev.langchain4j..")),
            new Wall(
                    "tune.export",
                    List.of("tune", "tune.lines", "tagged", "json"),
                    List.of("com.fasterxml.jackson..", "io.quarkus.qute..")),
            new Wall(
                    "verify",
                    List.of("text"),
                    List.of(
                            "com.ezylang.evalex..",
                            "cc.redberry.rings..",
                            "com.fasterxml.jackson..",
                            "com.networknt.schema..",
                            "net.sf.jsqlparser..")),
            new Wall("verify.ifeval", List.of("verify"), List.of("com.fasterxml.jackson..", "com.optimaize..")),
            new Wall("verify.code", List.of("verify"), List.of()),
            new Wall(
                    "verify.code.inside",
                    List.of(),
                    List.of("javax.tools..", "com.sun.source..", "com.sun.management..", "org.junit.platform..")),
            new Wall("tagged", List.of(), List.of()),
            new Wall("critique", List.of("tagged"), List.of("com.fasterxml.jackson..")),
            new Wall("policy", List.of(), List.of()),
            new Wall("loop", List.of("policy", "verify", "critique"), List.of()),
            new Wall("lesson", List.of("json", "loop"), List.of("dev.langchain4j..")),
            new Wall(
                    "agent",
                    List.of("json", "loop", "policy", "verify", "critique", "tagged", "tool", "text"),
                    List.of("org.snakeyaml..", "com.fasterxml.jackson.annotation..")),
            new Wall(
                    "model",
                    List.of("model.jlama", "model.llamacpp"),
                    List.of("dev.langchain4j..", "com.fasterxml.jackson.core..")),
            new Wall(
                    "model.remote",
                    List.of("model", "json", "text"),
                    List.of(
                            "dev.langchain4j..",
                            "com.fasterxml.jackson..",
                            "com.azure..",
                            "software.amazon.awssdk..",
                            "reactor.core..",
                            "org.reactivestreams..",
                            "javax.net.ssl..")),
            new Wall(
                    "model.jlama",
                    List.of(),
                    List.of(
                            "dev.langchain4j..",
                            "com.github.tjake.jlama..",
                            "com.fasterxml.jackson..",
                            "com.google..")),
            new Wall(
                    "dispatch",
                    List.of("model"),
                    List.of(
                            "dev.langchain4j..",
                            "io.smallrye.faulttolerance.core..",
                            "org.eclipse.microprofile.faulttolerance..",
                            "io.github.bucket4j..")),
            new Wall("plan", List.of("json"), List.of("com.fasterxml.jackson..")),
            new Wall(
                    "model.llamacpp",
                    List.of(),
                    List.of("java.net.http..", "dev.langchain4j..", "com.fasterxml.jackson..")),
            new Wall("tool", List.of(), List.of("dev.langchain4j..")),
            new Wall(
                    "run",
                    List.of("loop", "policy", "agent", "model", "verify", "critique", "tool", "tagged"),
                    List.of("dev.langchain4j..")),
            new Wall(
                    "trace",
                    List.of("json", "loop", "run", "agent", "policy", "verify", "critique", "tool", "redact"),
                    List.of()),
            new Wall(
                    "eval",
                    List.of("", "json", "agent", "loop", "policy", "run", "trace", "verify", "critique", "model"),
                    List.of("dev.langchain4j..")),
            new Wall(
                    "eval.suite",
                    List.of("eval", "json", "text", "agent", "problem", "verify", "verify.ifeval", "verify.code"),
                    List.of("com.fasterxml.jackson..")),
            new Wall(
                    "eval.report",
                    List.of("eval", "json", "plot"),
                    List.of("org.apache.commons.statistics..", "io.quarkus.qute..", "com.github.freva.asciitable..")),
            new Wall(
                    "config", List.of("redact"), List.of("io.smallrye.config..", "io.quarkus.runtime.configuration..")),
            new Wall(
                    "observe",
                    List.of("config", "critique", "json", "loop", "redact", "tool", "trace", "verify"),
                    List.of(
                            "io.micrometer.core..",
                            "io.opentelemetry.api..",
                            "io.opentelemetry.context..",
                            "jakarta.inject..",
                            "jakarta.enterprise..",
                            "org.eclipse.microprofile.config..",
                            "io.smallrye.config..",
                            "io.quarkus.logging..",
                            "org.jboss.logmanager..",
                            "org.jboss.logging..")),
            new Wall(
                    "health",
                    List.of("config", "flow", "store"),
                    List.of(
                            "io.quarkus.runtime..",
                            "io.smallrye.health.api..",
                            "jakarta.enterprise..",
                            "org.eclipse.microprofile.health..",
                            "org.jboss.logging..")),
            new Wall(
                    "store",
                    List.of("config", "json", "loop", "trace"),
                    List.of(
                            "java.sql..",
                            "org.postgresql..",
                            "javax.sql..",
                            "jakarta..",
                            "org.hibernate..",
                            "io.agroal.api..",
                            "io.quarkus.arc..",
                            "org.flywaydb..",
                            "org.eclipse.microprofile.config..",
                            "io.agroal.api..",
                            "io.quarkus.arc..",
                            "org.jboss.logging..",
                            "io.quarkus.hibernate..",
                            "io.quarkus.runtime..")),
            new Wall(
                    "integrity",
                    List.of("audit", "config", "json", "loop", "observe", "store", "trace"),
                    List.of(
                            "java.sql..",
                            "javax.sql..",
                            "org.postgresql..",
                            "jakarta..",
                            "com.fasterxml.jackson..",
                            "io.agroal.api..",
                            "io.quarkus.arc..",
                            "io.quarkus.runtime..",
                            "org.jboss.logging..")),
            new Wall("search", List.of("loop"), List.of("java.sql..", "jakarta..", "org.hibernate..")),
            new Wall(
                    "review",
                    List.of("config", "loop", "observe", "store", "trace"),
                    List.of(
                            "java.sql..",
                            "jakarta..",
                            "org.hibernate..",
                            "io.quarkus.runtime..",
                            "org.jboss.logging..")),
            new Wall("flow.webhook", List.of(), List.of("java.net.http..", "javax.crypto..")),
            new Wall(
                    "flow.claim",
                    List.of("config", "store"),
                    List.of("java.sql..", "jakarta..", "io.quarkus..", "org.jboss.logging..")),
            new Wall(
                    "flow",
                    List.of(
                            "flow.admission",
                            "audit",
                            "json",
                            "config",
                            "agent",
                            "chat",
                            "critique",
                            "flow.claim",
                            "flow.webhook",
                            "integrity",
                            "loop",
                            "model",
                            "observe",
                            "redact",
                            "review",
                            "run",
                            "trace",
                            "store",
                            "verify"),
                    List.of(
                            "org.apache.kafka..",
                            "io.micrometer..",
                            "io.quarkus..",
                            "io.smallrye..",
                            "jakarta..",
                            "org.eclipse..",
                            "org.jboss..")),
            new Wall("flow.admission", List.of(), List.of()),
            new Wall("chat", List.of("run"), List.of("com.fasterxml.jackson..", "dev.langchain4j..")),
            new Wall(
                    "page",
                    List.of(
                            "config",
                            "json",
                            "flow",
                            "integrity",
                            "loop",
                            "plot",
                            "critique",
                            "review",
                            "search",
                            "security",
                            "store",
                            "tool",
                            "trace",
                            "verify"),
                    List.of(
                            "com.github.difflib..",
                            "io.quarkus..",
                            "io.quarkiverse..",
                            "io.smallrye..",
                            "jakarta..",
                            "org.eclipse..",
                            "org.jboss..")),
            new Wall(
                    "security",
                    List.of("config", "json"),
                    List.of(
                            "io.agroal.api..",
                            "io.quarkus..",
                            "io.smallrye.mutiny..",
                            "io.vertx..",
                            "jakarta..",
                            "java.sql..",
                            "javax.sql..",
                            "org.eclipse..",
                            "org.flywaydb..",
                            "org.jboss..",
                            "org.postgresql..")),
            new Wall(
                    "gateway.openai",
                    List.of(
                            "gateway", "config", "json", "agent", "chat", "run", "policy", "loop", "flow", "trace",
                            "text", "verify"),
                    List.of("com.fasterxml..", "io.vertx..", "jakarta..", "org.jboss.logging..")),
            new Wall(
                    "gateway.mcp",
                    List.of("gateway", "json", "agent", "critique", "loop", "flow", "security", "store", "trace"),
                    List.of(
                            "io.quarkiverse.mcp..",
                            "io.quarkus.runtime..",
                            "io.smallrye.common..",
                            "io.vertx..",
                            "jakarta..",
                            "org.jboss.logging..")),
            new Wall(
                    "gateway",
                    List.of(
                            "json",
                            "config",
                            "agent",
                            "integrity",
                            "loop",
                            "flow",
                            "review",
                            "security",
                            "store",
                            "trace",
                            "verify",
                            "critique",
                            "search",
                            "redact",
                            "export",
                            "observe"),
                    List.of(
                            "io.quarkus..",
                            "io.quarkiverse..",
                            "io.smallrye..",
                            "io.vertx..",
                            "jakarta..",
                            "org.eclipse..",
                            "org.jboss..",
                            "com.fasterxml..",
                            "io.github.bucket4j..")),
            new Wall(
                    "wiring",
                    List.of("config", "agent", "model", "dispatch", "verify", "tool", "redact", "observe"),
                    List.of(
                            "io.quarkus.arc..",
                            "jakarta.enterprise..",
                            "jakarta.inject..",
                            "io.smallrye.health.api..",
                            "org.eclipse.microprofile.health..")),
            new Wall(
                    "embedded",
                    List.of("json"),
                    List.of(
                            "org.apache.kafka..",
                            "kafka..",
                            "scala..",
                            "io.zonky..",
                            "org.slf4j..",
                            "org.apache.commons..",
                            "org.tukaani..")),
            new Wall(
                    "bench",
                    List.of(
                            "",
                            "json",
                            "agent",
                            "cluster",
                            "integrity",
                            "loop",
                            "flow",
                            "policy",
                            "search",
                            "store",
                            "trace",
                            "model",
                            "model.llamacpp",
                            "tune",
                            "tune.score"),
                    List.of(
                            "java.sql..",
                            "javax.sql..",
                            "org.apache.kafka..",
                            "io.smallrye.mutiny..",
                            "dev.langchain4j..")),
            new Wall("cluster", List.of("embedded"), List.of("java.sql..", "org.apache.kafka..")),
            new Wall(
                    "faults",
                    List.of("cluster", "json", "loop", "flow", "trace"),
                    List.of(
                            "java.sql..",
                            "org.apache.kafka..",
                            "com.fasterxml.jackson.core..",
                            "com.github.freva.asciitable..",
                            "org.jboss.logging..")),
            new Wall(
                    "inputs",
                    List.of("cluster", "json", "loop", "flow", "trace"),
                    List.of("java.sql..", "org.apache.kafka..", "com.fasterxml.jackson..")),
            new Wall(
                    "testing",
                    List.of(
                            "json",
                            "agent",
                            "loop",
                            "run",
                            "model",
                            "trace",
                            "verify",
                            "critique",
                            "tool",
                            "eval",
                            "eval.suite"),
                    List.of(
                            "dev.cermin",
                            "dev.langchain4j..",
                            "com.fasterxml.jackson..",
                            "org.assertj.core..",
                            "org.junit.jupiter.api..")));

    /** Libraries that one class alone may touch, or few, so that they alone need them. */
    record Warden(String library, List<String> types) {
        Warden(String library, String... types) {
            this(library, List.of(types));
        }
    }

    static final List<Warden> WARDENS = List.of(
            new Warden("org.snakeyaml..", "dev.cermin.agent.Yaml"),
            new Warden("com.ezylang.evalex..", "dev.cermin.verify.Expressions", "dev.cermin.verify.Formulas"),
            new Warden("cc.redberry.rings..", "dev.cermin.verify.Polynomial"),
            new Warden("com.networknt.schema..", "dev.cermin.verify.JsonSchema"),
            new Warden("net.sf.jsqlparser..", "dev.cermin.verify.SqlText", "dev.cermin.verify.SqlKinds"),
            new Warden("com.optimaize..", "dev.cermin.verify.ifeval.LanguageDetection"),
            new Warden("org.erdtman.jcs..", "dev.cermin.json.CanonicalJson"),
            new Warden("dev.langchain4j.model.anthropic..", "dev.cermin.model.remote.AnthropicProvider"),
            new Warden("dev.langchain4j.model.googleai..", "dev.cermin.model.remote.GeminiProvider"),
            new Warden("dev.langchain4j.model.mistralai..", "dev.cermin.model.remote.MistralProvider"),
            new Warden("dev.langchain4j.model.ollama..", "dev.cermin.model.remote.OllamaProvider"),
            new Warden(
                    "com.azure..",
                    "dev.cermin.model.remote.AzureOpenAiProvider",
                    "dev.cermin.model.remote.AzureResponse"),
            new Warden(
                    "software.amazon.awssdk..",
                    "dev.cermin.model.remote.BedrockModels",
                    "dev.cermin.model.remote.BedrockStreams",
                    "dev.cermin.model.remote.AwsHttp",
                    "dev.cermin.model.remote.AwsAsyncHttp"),
            new Warden("io.github.bucket4j..", "dev.cermin.dispatch.Limiter", "dev.cermin.gateway.Rate"),
            new Warden("dev.langchain4j.service..", "dev.cermin.tool.AnnotatedTools"),
            new Warden("org.apache.commons.statistics..", "dev.cermin.eval.report.Statistics"),
            new Warden("org.assertj..", "dev.cermin.testing.OutcomeAssert"),
            new Warden("org.junit.jupiter..", "dev.cermin.testing.AgentCases", "dev.cermin.testing.CerminExtension"),
            new Warden(
                    "io.opentelemetry..",
                    "dev.cermin.observe.Spans",
                    "dev.cermin.observe.Keys",
                    "dev.cermin.observe.GenAi",
                    "dev.cermin.export.OtelTrace",
                    "dev.cermin.export.StoredSpan",
                    "dev.cermin.export.StoredEvent",
                    "dev.cermin.export.Otlp"),
            new Warden("com.github.difflib..", "dev.cermin.page.WordDiff"),
            new Warden("com.google.re2j..", "dev.cermin.redact.CustomRule"),
            new Warden("org.junit.platform..", "dev.cermin.verify.code.inside.TestRun"));

    @ParameterizedTest
    @FieldSource("WALLS")
    void aPackageTouchesOnlyWhatItMay(Wall wall) {
        String own = room(wall.name());
        Stream<String> ours =
                Stream.concat(Stream.of(wall.name()), wall.ours().stream()).map(ArchitectureTest::room);
        String[] allowed = Stream.of(Stream.of("java..", "org.jspecify.."), ours, wall.libraries().stream())
                .flatMap(names -> names)
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> sql = resideInAnyPackage(
                wall.libraries().contains("java.sql..") ? new String[0] : new String[] {"java.sql.."});
        DescribedPredicate<JavaClass> permitted = resideInAnyPackage(allowed).and(DescribedPredicate.not(sql));

        classes()
                .that()
                .resideInAPackage(own)
                .should()
                .onlyDependOnClassesThat(permitted)
                .allowEmptyShould(true)
                .check(CERMIN);
    }

    @ParameterizedTest
    @FieldSource("WARDENS")
    void aLibraryHasOneDoor(Warden warden) {
        List<String> types = warden.types();
        noClasses()
                .that(DescribedPredicate.describe(
                        "are not " + types,
                        type -> !types.contains(type.getName().replaceFirst("\\$.*", ""))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(warden.library())
                .check(CERMIN);
    }

    @Test
    void noPackagesDependOnEachOther() {
        slices().matching("dev.cermin.(*)..").should().beFreeOfCycles().check(CERMIN);
    }

    @Test
    void nothingNeedsTheTestingAids() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.cermin.testing")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.cermin.testing")
                .check(CERMIN);
    }

    @Test
    void onlyCommandsWriteToTheStandardStreams() {
        // the stores' child process talks to its parent, and logs, by its own streams
        DescribedPredicate<JavaClass> commands =
                resideInAnyPackage("dev.cermin.cli..", "dev.cermin.bench..", "dev.cermin.embedded..");

        noClasses()
                .that(DescribedPredicate.not(commands))
                .should(ACCESS_STANDARD_STREAMS)
                .check(CERMIN);
    }

    @Test
    void everyPackageSaysWhatLivesThereAndWhatItMayTouch() throws IOException {
        TreeSet<Path> silent = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                    .forEach(silent::add);
        }
        assertThat(silent).as("packages without package-info.java").isEmpty();
    }
}
