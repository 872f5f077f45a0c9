package dev.cermin.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.dispatch.BreakerRules;
import dev.cermin.dispatch.Dispatch;
import dev.cermin.dispatch.Rules;
import dev.cermin.model.Model;
import dev.cermin.testing.ScriptedChatModel;
import dev.langchain4j.exception.InternalServerException;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class ModelsHealthTest {
    @Test
    void aModelWhoseBreakerIsOpenIsNotWell() {
        ScriptedChatModel broken = new ScriptedChatModel(prompt -> {
            throw new InternalServerException("it is broken");
        });
        Rules once = Rules.builder()
                .retries(0)
                .breaker(new BreakerRules(1, 1, Duration.ofMinutes(1)))
                .build();
        try (Dispatch models = Dispatch.builder()
                .model("small", once, broken)
                .model("large", once, ScriptedChatModel.saying("4"))
                .build()) {
            ModelsHealth health = new ModelsHealth(models);
            assertThat(health.call().getStatus()).isEqualTo(Status.UP);

            assertThat(models.named("large").chat().chat("2+2")).isEqualTo("4");
            assertThatThrownBy(() -> models.named("small").chat().chat("2+2")).hasMessage("it is broken");
            HealthCheckResponse told = health.call();
            assertThat(told.getStatus()).isEqualTo(Status.DOWN);
            assertThat(told.getData().orElseThrow())
                    .containsEntry("large", "breaker closed, 0 in flight, 0 waiting, 1 calls, 0 failed")
                    .hasEntrySatisfying(
                            "small",
                            text -> assertThat(text.toString())
                                    .startsWith(
                                            "breaker open, 0 in flight, 0 waiting, 1 calls, 1 failed; the last failure, unavailable, at "));
        }
    }

    @Test
    void ofModelsOfTheApplicationsOwnNothingIsKnown() {
        ModelsHealth health = new ModelsHealth(name -> Model.of(name, ScriptedChatModel.saying("4")));
        assertThat(health.call().getStatus()).isEqualTo(Status.UP);
    }
}
