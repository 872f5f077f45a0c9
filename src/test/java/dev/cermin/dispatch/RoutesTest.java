package dev.cermin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.dispatch.Route.Prefer;
import dev.cermin.model.Limits;
import dev.cermin.model.Price;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Which of several models a route asks. */
class RoutesTest {
    private static final Rules ONCE = Rules.builder().retries(0).build();

    private static Rules.Builder once() {
        return Rules.builder().retries(0);
    }

    @Test
    void aRoutesModelsFallBackAsTheyDoAlone() {
        try (Dispatch models = Dispatch.builder()
                .model("one", once().fallback(List.of("spare")).build(), Fake.failing(Fake.broken()))
                .model("two", once().fallback(List.of("best")).build(), Fake.failing(Fake.broken()))
                .model("spare", ONCE, Fake.saying("4"))
                .route("best", Route.of("one", "two"))
                .build()) {
            Asked asked = new Asked();
            assertThat(asked.textBy(models, "best")).isEqualTo("4");
            assertThat(asked.calls).as("the route's own first").containsExactly("one", "two", "spare");
        }
    }

    @Test
    void aRouteAsksTheCheapestThatIsUp() {
        Fake cheap = Fake.failing(Fake.broken());
        BreakerRules twice = new BreakerRules(2, 1, Duration.ofMinutes(1));
        try (Dispatch models = Dispatch.builder()
                .model("cheap", once().price(price(1)).breaker(twice).build(), cheap)
                .model("fair", once().price(price(2)).build(), Fake.saying("4"))
                .model("dear", once().price(price(3)).build(), Fake.saying("5"))
                .route("best", Route.of("dear", "cheap", "fair").preferring(Prefer.PRICE))
                .build()) {
            Asked first = new Asked();
            assertThat(first.by(models, "best").by().name()).isEqualTo("fair");
            assertThat(first.calls).containsExactly("cheap", "fair");
            assertThat(first.notes)
                    .containsExactly(
                            "best: cheap is the cheapest of [cheap, fair, dear]",
                            "cheap failed, unavailable: it is broken",
                            "fair answers in place of best");
            new Asked().by(models, "best");

            Asked third = new Asked();
            assertThat(third.by(models, "best").by().name()).isEqualTo("fair");
            assertThat(third.calls).containsExactly("fair");
            assertThat(third.notes)
                    .containsExactly("best: fair is the cheapest of [fair, dear, cheap]; down are [cheap]");
        }
    }

    @Test
    void aRouteChoosesByRoleAndTags() {
        try (Dispatch models = Dispatch.builder()
                .model("writer", once().tags(Set.of("german")).build(), Fake.saying("w"))
                .model("judge", once().tags(Set.of("german", "strong")).build(), Fake.saying("j"))
                .model("other", ONCE, Fake.saying("o"))
                .route(
                        "best",
                        new Route(List.of("writer", "judge", "other"), Set.of("german"), Map.of(), Prefer.ORDER, 0)
                                .forRole("reflect", "strong"))
                .build()) {
            assertThat(new Asked().to("generate").textBy(models, "best")).isEqualTo("w");
            assertThat(new Asked().to("reflect").textBy(models, "best")).isEqualTo("j");
        }
    }

    @Test
    void aRouteGoesAroundAQueue() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        Fake full = new Fake(call -> {
            Fake.await(release);
            return "full";
        });
        try (Dispatch models = Dispatch.builder()
                .model("full", once().limits(new Limits(1, 0, 0)).build(), full)
                .model("spare", ONCE, Fake.saying("spare"))
                .route("best", Route.of("full", "spare"))
                .build()) {
            Thread first = Thread.ofVirtual().start(() -> new Asked().by(models, "full"));
            while (full.calls() == 0) {
                Thread.sleep(1);
            }
            Asked asked = new Asked();
            assertThat(asked.textBy(models, "best")).isEqualTo("spare");
            assertThat(asked.notes).first().asString().endsWith("; busy are [full]");
            release.countDown();
            first.join();
        }
    }

    private static Price price(int tokens) {
        return new Price(BigDecimal.valueOf(tokens), BigDecimal.valueOf(tokens));
    }
}
