package dev.cermin.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cermin.loop.Role;
import dev.langchain4j.model.chat.ChatModel;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Agents that an application puts on its class path. */
class ClassPathAgentsTest {
    @TempDir
    Path temporary;

    private final Map<String, byte[]> jar = new TreeMap<>();

    @BeforeEach
    void anApplication() {
        put("agents/haiku.yaml", """
                name: haiku
                version: 1
                models: {generate: any}
                instructions: Write a haiku.
                policy: {rounds: 0}
                """);
    }

    @Test
    void anAgentInAJarIsFoundByItsNameWithoutAnIndex() throws IOException {
        Agents agents = inApplication(Agents::ofClassPath);

        assertThat(inApplication(() -> agents.named("haiku")).description()).isEmpty();
        assertThat(agents.named("equations").models()).containsEntry(Role.GENERATE, "mirror");
        assertThat(agents.all())
                .extracting(AgentDefinition::name)
                .contains("equations", "arithmetic")
                .doesNotContain("haiku");
    }

    @Test
    void everyIndexCounts() throws IOException {
        put("agents/index.txt", "\uFEFF haiku \r\n\r\n");

        assertThat(inApplication(() -> Agents.ofClassPath().all()))
                .extracting(AgentDefinition::name)
                .contains("equations", "arithmetic", "haiku")
                .isSorted();
    }

    @Test
    void anApplicationsOwnFilesGoBeforeCerminsOfTheSameName() throws IOException {
        put("agents/equations.yaml", """
                name: equations
                version: ours
                models: {generate: mirror}
                prompts: {generate: mirror/generate@1}
                policy: {rounds: 0}
                """);
        put("prompts/mirror/generate@1.yaml", "user: \"Ours: {{input}}\"\n");

        AgentDefinition ours = inApplication(() -> Agents.ofClassPath().named("equations"));
        AgentDefinition theirs = inApplication(() -> Agents.ofClassPath().named("arithmetic"));

        assertThat(ours.version()).isEqualTo("ours");
        assertThat(ours.prompts().get(Role.GENERATE).user()).isEqualTo("Ours: {{input}}");
        assertThat(theirs.prompts().get(Role.GENERATE).user()).isEqualTo("Ours: {{input}}");
        assertThat(theirs.prompts().get(Role.CORRECT).id()).isEqualTo("mirror/correct@1");
    }

    @Test
    void aBrokenAgentStandsInNobodysWay() throws IOException {
        put("agents/index.txt", "broken\nhaiku\nnowhere\n");
        put("agents/broken.yaml", "name: broken\nversion: 1\nmodels: {generat: any}\n");
        Agents agents = inApplication(Agents::ofClassPath);

        assertThat(inApplication(() -> agents.named("haiku")).name()).isEqualTo("haiku");
        assertThatThrownBy(() -> inApplication(() -> agents.named("broken")))
                .isInstanceOf(AgentFileException.class)
                .hasMessageContaining("classpath:agents/broken.yaml:3: models.generat: is not a key here");
        assertThatThrownBy(() -> inApplication(agents::all))
                .isInstanceOf(AgentFileException.class)
                .hasMessageContaining("classpath:agents/broken.yaml:3: models.generate: is missing")
                .hasMessageContaining(
                        "classpath:agents/nowhere.yaml: there is no such file, though the agent is listed");
    }

    @Test
    void whatIsNotUtf8IsAFaultHereToo() throws IOException {
        jar.put("agents/latin.yaml", "name: latin\nversion: \u00df\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> inApplication(() -> Agents.ofClassPath().named("latin")))
                .isInstanceOf(AgentFileException.class)
                .hasMessage("classpath:agents/latin.yaml:2: not UTF-8 text: the byte 0xDF can't stand here");
        jar.put("agents/index.txt", new byte[] {'a', '\n', (byte) 0xFF});
        assertThatThrownBy(() -> inApplication(Agents::ofClassPath))
                .isInstanceOf(AgentFileException.class)
                .hasMessageEndingWith("agents/index.txt:2: not UTF-8 text: the byte 0xFF can't stand here");
    }

    @Test
    void anUnknownNameIsToldWithItsFileAndTheNearest() throws IOException {
        Agents agents = inApplication(Agents::ofClassPath);

        assertThatThrownBy(() -> agents.named("equation"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "There is no agent 'equation'; classpath:agents/equation.yaml is not there, listed are [arithmetic, ")
                .hasMessageEndingWith("; did you mean 'equations'?");
        assertThat(agents.find("../agents/equations")).isEmpty();
        assertThat(agents.find("")).isEmpty();
    }

    @Test
    void aPlainJarBesideCerminsHasAgents() throws Exception {
        put("agents/equations.yaml", """
                name: equations
                version: ours
                models: {generate: any}
                instructions: Ours goes first.
                policy: {rounds: 0}
                """);
        Path program = location(ClassPathProgram.class).resolve("dev/cermin/agent");
        try (Stream<Path> files = Files.list(program)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith("ClassPathProgram")) {
                    jar.put("dev/cermin/agent/" + file.getFileName(), Files.readAllBytes(file));
                }
            }
        }
        List<String> classPath = new ArrayList<>();
        // Cermin's first, as a build tool may have it
        classPath.add(jarOf("cermin.jar", cermin()).toString());
        classPath.add(jarOf("application.jar", jar).toString());
        for (Class<?> library : List.of(
                ChatModel.class,
                ObjectMapper.class,
                JsonParser.class,
                JsonProperty.class,
                Logger.class,
                NullMarked.class,
                LoadSettings.class)) {
            classPath.add(location(library).toString());
        }
        Path output = temporary.resolve("output.txt");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        String.join(File.pathSeparator, classPath),
                        ClassPathProgram.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();

        assertThat(Files.readAllLines(output))
                .contains("haiku=Write a haiku.", "equations=Ours goes first.")
                .anyMatch(line -> line.startsWith(
                        "haikus: There is no agent 'haikus'; classpath:agents/haikus.yaml is not there, listed are ["));
    }

    /** Cermin's classes, agents and prompts, without the weights of the bundled model. */
    private static Map<String, byte[]> cermin() throws Exception {
        Path classes = location(Agents.class);
        Map<String, byte[]> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = classes.relativize(file).toString().replace('\\', '/');
                if (!name.endsWith(".safetensors")) {
                    all.put(name, Files.readAllBytes(file));
                }
            }
        }
        return all;
    }

    private static Path location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private void put(String path, String text) {
        jar.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private Path jarOf(String name, Map<String, byte[]> files) throws IOException {
        Path file = temporary.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return file;
    }

    /** With the application's jar behind Cermin on the class path of this thread. */
    private <T> T inApplication(Supplier<T> work) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] urls = {jarOf("application.jar", jar).toUri().toURL()};
        try (URLClassLoader application = new URLClassLoader(urls, before)) {
            thread.setContextClassLoader(application);
            return work.get();
        } catch (UncheckedIOException e) {
            throw new AssertionError("not a fault", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
