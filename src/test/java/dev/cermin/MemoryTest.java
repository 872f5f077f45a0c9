package dev.cermin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.agent.Prompt;
import dev.cermin.lesson.Lessons;
import dev.cermin.loop.Role;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.trace.Chain;
import dev.cermin.trace.Replay;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import org.junit.jupiter.api.Test;

/** Lessons in use: what one task teaches, the next similar one is told. */
class MemoryTest {
    private static final Verifier KM = Verifier.of(
            "km",
            answer -> answer.output().endsWith(" km")
                    ? Check.pass("km", "in km")
                    : Check.fail("km", "the unit is missing"));

    private final ScriptedChatModel model = ScriptedChatModel.saying("190", "190 km", "300 km");

    @Test
    void aCorrectedFailureIsToldToTheNextSimilarTaskAndStandsInItsTrace() {
        try (Lessons lessons = Lessons.inMemory()) {
            Agent agent = Agent.builder("distances")
                    .model(model)
                    .verifier(KM)
                    .lessons(lessons)
                    .build();
            agent.run("How far is it from Kuching to Sibu by air?");
            Run second = agent.start("How far is it from Kuching to Bintulu by air?");

            assertThat(second.outcome().answer()).contains("300 km");
            assertThat(model.prompts().getFirst()).doesNotContain("the unit is missing");
            assertThat(model.prompts().getLast()).contains("the unit is missing");
            assertThat(second.trace().getFirst().texts().findings())
                    .contains("the unit is missing")
                    .contains(lessons.all("distances", "default").getFirst().id());
            assertThat(Chain.verify(second.trace()).intact()).isTrue();
            assertThat(Replay.state(second.trace()).outcome()).isEqualTo(second.outcome());
        }
    }

    @Test
    void thereAreNoLessonsByDefault() {
        Agent agent = Agent.builder("distances").model(model).verifier(KM).build();
        agent.run("How far is it from Kuching to Sibu by air?");
        agent.run("How far is it from Kuching to Bintulu by air?");

        assertThat(model.prompts().getLast()).isEqualTo("How far is it from Kuching to Bintulu by air?");
    }

    @Test
    void aRevokedLessonIsToldToNobody() {
        try (Lessons lessons = Lessons.inMemory()) {
            Agent agent = Agent.builder("distances")
                    .model(model)
                    .verifier(KM)
                    .lessons(lessons)
                    .build();
            agent.run("How far is it from Kuching to Sibu by air?");
            lessons.revoke(lessons.all("distances", "default").getFirst().id());
            agent.run("How far is it from Kuching to Bintulu by air?");

            assertThat(model.prompts().getLast()).doesNotContain("the unit is missing");
        }
    }

    @Test
    void aPromptWithoutAPlaceForThemIsAnError() {
        try (Lessons lessons = Lessons.inMemory()) {
            assertThatThrownBy(() -> Agent.builder("distances")
                            .model(model)
                            .prompt(Role.GENERATE, new Prompt("p@1", null, "{{input}}"))
                            .lessons(lessons)
                            .build())
                    .hasMessage("Agent 'distances' is given lessons, and its prompt p@1 has no {{lessons}}");
        }
    }

    @Test
    void aMemoryThatFailsCostsNoTask() {
        Lessons closed = Lessons.inMemory();
        closed.close();
        Agent agent = Agent.builder("distances")
                .model(model)
                .verifier(KM)
                .lessons(closed)
                .build();

        assertThat(agent.run("How far is it from Kuching to Sibu by air?").accepted())
                .isTrue();
    }
}
