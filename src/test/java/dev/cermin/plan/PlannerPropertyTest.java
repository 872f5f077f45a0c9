package dev.cermin.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PlannerPropertyTest {
    @Property(tries = 300)
    void noCardHoldsMoreThanItHas(@ForAll("shapes") Shape shape, @ForAll("requests") PlanRequest request) {
        Plan plan = plan(shape, request);

        for (Plan.Card card : plan.cards()) {
            assertThat(card.pieces() == 0 || card.used() + card.margin() <= card.memory())
                    .as("%s in %s", card, plan)
                    .isTrue();
        }
    }

    @Property(tries = 300)
    void nothingIsLostBetweenCardsAndHost(@ForAll("shapes") Shape shape, @ForAll("requests") PlanRequest request) {
        Plan plan = plan(shape, request);
        long weights = plan.cards().stream().mapToLong(Plan.Card::weights).sum()
                + plan.host().weights();
        long outputTwice = shape.tied() && plan.layersOnGpu() > 0
                ? plan.cards().stream().mapToLong(Plan.Card::weights).sum()
                : 0;

        assertThat(weights).isBetween(plan.fileBytes() - 4L * shape.hidden(), plan.fileBytes() + outputTwice);
        int pieces = plan.cards().stream().mapToInt(Plan.Card::pieces).sum();
        assertThat(pieces).isEqualTo(plan.layersOnGpu() == 0 ? 0 : plan.layersOnGpu() + 1);
    }

    @Property(tries = 300)
    void moreMemoryNeverMeansFewerLayers(
            @ForAll("shapes") Shape shape,
            @ForAll("requests") PlanRequest request,
            @ForAll @IntRange(min = 0, max = 40) int more) {
        List<Long> larger = request.gpus().bytes().stream()
                .map(size -> size + more * Sizes.GIB)
                .toList();
        Plan less = plan(shape, request);
        Plan plan = plan(shape, request.withGpus(new Gpus(larger)));

        assertThat(plan.layersOnGpu()).isGreaterThanOrEqualTo(less.layersOnGpu());
        if (plan.layersOnGpu() == less.layersOnGpu() && plan.layersOnGpu() == shape.layers()) {
            assertThat(plan.expertsOnCpu()).isLessThanOrEqualTo(less.expertsOnCpu());
        }
    }

    @Property(tries = 100)
    void whatIsSaidToFitFits(@ForAll("shapes") Shape shape, @ForAll("requests") PlanRequest request) {
        Plan plan = plan(shape, request);
        for (String way : plan.wouldFit()) {
            if (way.contains("cards: ")) {
                Gpus cards = Gpus.parse(way.substring(way.indexOf(": ") + 2));
                PlanRequest again = new PlanRequest(
                        // whole gibibytes come back as they were written
                        cards, request.context(), request.parallel(), Quant.parse(plan.quant()), plan.kv(), true, 0);
                assertThat(plan(shape, again).fit()).as(way).isEqualTo(Plan.Fit.WHOLE);
            }
        }
    }

    private static Plan plan(Shape shape, PlanRequest request) {
        return Planner.plan(new ModelInfo(shape, null, "m.gguf", List.of()), request);
    }

    @Provide
    Arbitrary<Shape> shapes() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 130),
                        Arbitraries.integers().between(1, 64),
                        Arbitraries.integers().between(1, 16),
                        Arbitraries.of(1, 2, 4, 8),
                        Arbitraries.of(0, 8, 64),
                        Arbitraries.of(true, false))
                .as((layers, heads, group, ratio, experts, tied) -> new Shape(
                        "random",
                        layers,
                        heads * 128,
                        heads * 128 * ratio,
                        heads,
                        Math.max(1, heads / group),
                        128,
                        128,
                        32_000,
                        0,
                        experts,
                        Math.min(2, experts),
                        tied));
    }

    @Provide
    Arbitrary<PlanRequest> requests() {
        return Combinators.combine(
                        Arbitraries.longs()
                                .between(1, 96)
                                .map(gib -> gib * Sizes.GIB)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(5),
                        Arbitraries.integers().between(1, 140_000),
                        Arbitraries.integers().between(1, 4))
                .as((cards, context, parallel) ->
                        new PlanRequest(new Gpus(cards), context, parallel, null, null, true, 0));
    }
}
