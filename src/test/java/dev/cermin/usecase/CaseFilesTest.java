package dev.cermin.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.eval.Item;
import dev.cermin.eval.Score;
import dev.cermin.eval.Suite;
import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifiers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case tells a right answer from a typical wrong one, without any model. */
class CaseFilesTest {
    @Test
    void everyUseCaseHasTenCases() {
        assertThat(UseCases.suite("word-problems").items()).hasSize(10);
        assertThat(UseCases.suite("translation").items()).hasSize(10);
        assertThat(Stream.of("java-debugging", "python-debugging", "java-optimising", "python-optimising")
                        .mapToInt(name -> UseCases.suite(name).items().size())
                        .sum())
                .isEqualTo(10);
    }

    @Test
    void everyCaseHasASampleAndNoSampleIsLeftOver() {
        for (String name : UseCases.NAMES) {
            assertThat(UseCases.samples(name).keySet())
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(
                            UseCases.suite(name).items().stream().map(Item::id).toList());
        }
    }

    static Stream<Arguments> cases() {
        return UseCases.NAMES.stream().flatMap(name -> {
            Suite suite = UseCases.suite(name);
            Map<String, Map<String, String>> samples = UseCases.samples(name);
            return suite.items().stream()
                    .map(item -> Arguments.argumentSet(name + " " + item.id(), item, samples.get(item.id())));
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aRightAnswerPassesAndAWrongOneFails(Item item, Map<String, String> sample) throws InterruptedException {
        Score right = item.scorer().score(sample.get("right"));
        Score wrong = item.scorer().score(sample.get("wrong"));

        assertThat(right.right()).as(right.reason()).isTrue();
        assertThat(wrong.right()).as(wrong.reason()).isFalse();
        assertThat(wrong.reason()).contains(sample.getOrDefault("why", ""));
        assertThat(item.gold()).isNotBlank();
    }

    static Stream<Arguments> programs() {
        return Stream.of("java-debugging", "python-debugging", "java-optimising", "python-optimising")
                .flatMap(name -> UseCases.suite(name).items().stream()
                        .map(item -> Arguments.argumentSet(
                                name + " " + item.id(), item, name.contains("java") ? "java-tests" : "python-tests")));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void aProgramAsItIsGivenFailsItsTestsUnlessItIsOnlySlow(Item item, String tests) {
        Check check = Verifiers.standard().named(tests).verify(new Answer(item.input(), item.input(), item.metadata()));

        assertThat(check.passed()).as(check.message()).isEqualTo(item.metadata().containsKey("workload"));
    }

    @Test
    void aTranslationThatIsNoneFailsInItsLanguage() throws InterruptedException {
        for (Item item : UseCases.suite("translation").items()) {
            String text = item.input().substring(item.input().indexOf(": ") + 2);
            String language = List.of("Malay", "German", "French").stream()
                    .filter(each -> item.category().equals("english-" + each.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElse("English");
            Score score = item.scorer().score("Original (X): %s\nTranslation (%s): %s".formatted(text, language, text));

            assertThat(score.right()).as(item.id()).isFalse();
            assertThat(score.reason()).as(item.id()).contains("The language looks like");
        }
    }
}
