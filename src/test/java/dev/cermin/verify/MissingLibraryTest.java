package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every verifier can be made with the library alone on the class path; one that needs more says so when it is used. */
class MissingLibraryTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '@', textBlock = """
            equation    |          | 2x=4 | x=2        | com/ezylang/evalex
            equation    |          | x^2=2 | ±√2       | com/ezylang/evalex
            arithmetic  |          | 2+2  | 4          | com/ezylang/evalex
            equivalent  | expected | x+1  | 1+x        | com/ezylang/evalex
            json-schema | schema   | {}   | {}         | com/networknt/schema
            sql         |          |      | select 1   | net/sf/jsqlparser
            regex       | pattern  | a+   | aa         |
            citation    | source   | one two three | “one two three” |
            """)
    void itIsAskedForOnUseOnly(String name, String key, String value, String output, String library) throws Exception {
        URL[] alone = Stream.of(
                        Verifier.class,
                        ObjectMapper.class,
                        JsonFactory.class,
                        JsonInclude.class,
                        org.jspecify.annotations.Nullable.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .toArray(URL[]::new);
        try (var loader = new URLClassLoader(alone, ClassLoader.getPlatformClassLoader())) {
            Object provider = instance(loader, "StandardVerifiers");
            var makers = (Map<?, ?>) provider.getClass().getMethod("verifiers").invoke(provider);
            Map<String, Object> values = key == null ? Map.of() : Map.of(key, value);

            Object verifier = made(makers.get(name), instance(loader, "Settings", Map.class, values));

            Class<?> answers = loader.loadClass("dev.cermin.verify.Answer");
            Object answer =
                    answers.getConstructor(String.class, String.class).newInstance(value == null ? "" : value, output);
            var verify = loader.loadClass("dev.cermin.verify.Verifier").getMethod("verify", answers);
            for (int use = 0; use < 2; use++) {
                try {
                    assertThat(verify.invoke(verifier, answer).toString()).contains("passed=true");
                    assertThat(library).isNull();
                } catch (InvocationTargetException e) {
                    assertThat(e.getCause()).isInstanceOf(NoClassDefFoundError.class);
                    assertThat(library).isNotNull();
                    if (use == 0) {
                        assertThat(e.getCause()).hasMessageStartingWith(library);
                    }
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Object made(Object maker, Object settings) {
        return ((Function<Object, Object>) maker).apply(settings);
    }

    private static Object instance(ClassLoader loader, String type) throws ReflectiveOperationException {
        return loader.loadClass("dev.cermin.verify." + type).getConstructor().newInstance();
    }

    private static Object instance(ClassLoader loader, String type, Class<?> parameter, Object argument)
            throws ReflectiveOperationException {
        return loader.loadClass("dev.cermin.verify." + type)
                .getConstructor(parameter)
                .newInstance(argument);
    }
}
