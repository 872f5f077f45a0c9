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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        try (URLClassLoader without = without(library)) {
            assertThatThrownBy(() -> make(without, provider))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(
                            "cermin.models.chat.provider is '%s': add dev.langchain4j:%s".formatted(provider, library));
            assertThat(make(without, other)).isNotNull();
        }
    }

    private static URLClassLoader without(String library) {
        URL[] path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("/" + library + "/"))
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
        Object models = modelsType
                .getConstructor(Map.class, Path.class)
                .newInstance(Map.of("chat", settings), Path.of("target"));
        try {
            return modelsType.getMethod("named", String.class).invoke(models, "chat");
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }

    private static void set(Object builder, String name, Class<?> type, Object value) throws Exception {
        builder.getClass().getMethod(name, type).invoke(builder, value);
    }
}
