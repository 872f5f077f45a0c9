package dev.cermin.model.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.model.ConfiguredModels;
import dev.cermin.model.ModelSettings;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that brings no library of a provider, or not that one. */
class MissingLibraryTest {
    @ParameterizedTest
    @CsvSource({
        "openai, langchain4j-open-ai, ollama",
        "anthropic, langchain4j-anthropic, openai",
        "gemini, langchain4j-google-ai-gemini, openai",
        "mistral, langchain4j-mistral-ai, openai",
        "ollama, langchain4j-ollama, openai",
        "azure-openai, langchain4j-azure-open-ai, openai",
        "bedrock, langchain4j-bedrock, openai"
    })
    void isToldWhatToAddAndOthersWork(String provider, String library, String other) throws Exception {
        try (URLClassLoader without = without(Pattern.compile("/" + library + "/"))) {
            assertThatThrownBy(() -> make(without, provider))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(
                            "cermin.models.chat.provider is '%s': add dev.langchain4j:%s".formatted(provider, library));
            assertThat(make(without, other)).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "openai, langchain4j-open-ai",
        "anthropic, langchain4j-anthropic",
        "gemini, langchain4j-google-ai-gemini",
        "mistral, langchain4j-mistral-ai",
        "ollama, langchain4j-ollama",
        "azure-openai, langchain4j-azure-open-ai",
        "bedrock, langchain4j-bedrock"
    })
    void isToldAlsoWhereThereIsNoneAtAll(String provider, String library) throws Exception {
        Pattern libraries = Pattern.compile(
                "/dev/langchain4j/(?!langchain4j-core/)|/awssdk/|/eventstream/|/azure/|/projectreactor/");
        try (URLClassLoader without = without(libraries)) {
            assertThatThrownBy(() -> make(without, provider)).hasMessageContaining("add dev.langchain4j:" + library);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"azure-openai", "bedrock"})
    void thoseWithClientsOfTheirOwnNeedNoOther(String provider) throws Exception {
        Pattern others = Pattern.compile("/langchain4j-(http-client|open-ai|anthropic|google|mistral|ollama)");
        try (URLClassLoader without = without(others)) {
            assertThat(make(without, provider)).isNotNull();
        }
    }

    private static URLClassLoader without(Pattern libraries) {
        URL[] path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !libraries.matcher(entry).find())
                .map(MissingLibraryTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }

    /** A model of those classes, called {@code chat}. */
    private static Object make(ClassLoader classes, String provider) throws Exception {
        Class<?> settingsType = classes.loadClass(ModelSettings.class.getName());
        Object builder = settingsType.getMethod("builder", String.class).invoke(null, provider);
        set(builder, "apiKey", String.class, Wired.KEY);
        set(builder, "model", String.class, "a-model");
        set(builder, "baseUrl", URI.class, URI.create("http://127.0.0.1:1"));
        set(builder, "parameters", Map.class, provider.equals("bedrock") ? Map.of("region", "us-east-1") : Map.of());
        Object settings = builder.getClass().getMethod("build").invoke(builder);
        Class<?> modelsType = classes.loadClass(ConfiguredModels.class.getName());
        try {
            Object models = modelsType
                    .getConstructor(Map.class, Path.class)
                    .newInstance(Map.of("chat", settings), Path.of("target"));
            return modelsType.getMethod("named", String.class).invoke(models, "chat");
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    private static void set(Object builder, String name, Class<?> type, Object value) throws Exception {
        builder.getClass().getMethod(name, type).invoke(builder, value);
    }
}
