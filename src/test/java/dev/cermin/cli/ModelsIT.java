package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.cermin.fixture.Endpoint;
import dev.cermin.fixture.Endpoint.Reply;
import dev.cermin.json.Json;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cermin models}, as a user runs it. */
class ModelsIT {
    private static final String KEY = "sk-a-key-that-nobody-is-to-see";

    @TempDir
    Path home;

    private static Map<String, String> environment(String url) {
        Map<String, String> environment = new HashMap<>();
        environment.put("CERMIN_MODELS_CHAT_PROVIDER", "openai");
        environment.put("CERMIN_MODELS_CHAT_MODEL", "test");
        environment.put("CERMIN_MODELS_CHAT_API_KEY", KEY);
        environment.put("CERMIN_MODELS_CHAT_BASE_URL", url);
        environment.put("CERMIN_MODELS_CHAT_TAGS", "remote");
        environment.put("CERMIN_MODELS_CHAT_PRICE_IN", "2.5");
        environment.put("CERMIN_MODELS_CHAT_LIMITS_CONCURRENCY", "8");
        return environment;
    }

    @Test
    void theModelsAreListedAndEachAnswers() throws Exception {
        try (Endpoint endpoint = new Endpoint(request -> Reply.saying("ok"));
                Cermin models = Cermin.start(home, environment(endpoint.url()), "models")) {
            assertThat(models.ends()).as(models.output()).isZero();
            assertThat(models.output())
                    .contains("chat", "openai", endpoint.url(), "remote", "2.5 / 0", "8 at once", "mirror", "bundled")
                    .containsPattern("yes, \\d+ ms")
                    .doesNotContain("no:")
                    .doesNotContain(KEY);
            assertThat(endpoint.requests()).isEqualTo(1);
        }
    }

    @Test
    void oneThatDoesNotAnswerIsTheExitCodeAndSaysWhy() throws Exception {
        try (Endpoint endpoint = new Endpoint(request -> Reply.failing(401, "Incorrect API key provided: " + KEY));
                Cermin models = Cermin.start(home, environment(endpoint.url()), "models", "--json")) {
            assertThat(models.ends()).as(models.output()).isEqualTo(1);
            assertThat(models.output()).doesNotContain(KEY);
            String list = models.output()
                    .lines()
                    .filter(line -> line.startsWith("["))
                    .findFirst()
                    .orElseThrow();
            List<Map<String, Object>> rows = Json.read(list, new TypeReference<List<Map<String, Object>>>() {});
            assertThat(rows).extracting(row -> row.get("name")).containsExactly("chat", "mirror");
            assertThat(rows.getFirst())
                    .containsEntry("answers", false)
                    .hasEntrySatisfying(
                            "failure",
                            why -> assertThat(why.toString())
                                    .startsWith("authentication: ")
                                    .contains("Incorrect API key provided"));
        }
    }

    @Test
    void withoutTheCheckNothingIsCalled() throws Exception {
        try (Endpoint endpoint = new Endpoint(request -> Reply.saying("ok"));
                Cermin models = Cermin.start(home, environment(endpoint.url()), "models", "--no-check")) {
            assertThat(models.ends()).as(models.output()).isZero();
            assertThat(models.output()).contains("chat").doesNotContain("answers");
            assertThat(endpoint.requests()).isZero();
        }
    }
}
