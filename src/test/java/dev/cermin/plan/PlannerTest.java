package dev.cermin.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cermin.plan.Plan.Fit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {
    @ParameterizedTest
    @CsvSource({"1x48GiB", "2x24GiB"})
    void a70bFitsTwoCardsOf24OrOneOf48(String gpus) {
        Plan plan = plan("llama-3.1-70b", gpus, 8192, "Q4_K_M");

        assertThat(plan.fit()).isEqualTo(Fit.WHOLE);
        assertThat(plan.layersOnGpu()).isEqualTo(80);
        assertThat(plan.kv()).isEqualTo(KvType.F16);
        assertThat(plan.command()).containsSequence("-ngl", "all");
    }

    @Test
    void onOneCardOf24AboutHalfOfA70bFits() {
        Plan plan = plan("llama-3.1-70b", "24GiB", 8192, "Q4_K_M");

        assertThat(plan.fit()).isEqualTo(Fit.PART);
        assertThat(plan.layersOnGpu()).isBetween(41, 43);
        // the output matrix is a layer too, as llama-server counts
        assertThat(plan.command()).containsSequence("-ngl", String.valueOf(plan.layersOnGpu() + 1));
        assertThat(plan.host().weights() + plan.cards().getFirst().weights()).isEqualTo(plan.fileBytes());
        assertThat(plan.wouldFit()).anyMatch(way -> way.contains("2 cards: 2x24GiB"));
        assertThat(plan.text()).contains("Fits in part: 42 of 80 layers");
    }

    @Test
    void at128kA70bOnOneCardOf80NeedsASmallerCache() {
        Plan plan = plan("llama-3.1-70b", "80GiB", 131_072, "Q4_K_M");

        assertThat(plan.fit()).isEqualTo(Fit.WHOLE);
        assertThat(plan.kv()).isEqualTo(KvType.Q8_0);
        assertThat(gib(plan.usedOnCards() + Placement.MARGIN)).isCloseTo(62, within(62 * 0.03));
        assertThat(plan.command()).containsSequence("-ctk", "q8_0", "-ctv", "q8_0", "-fa", "on");
        Plan f16 = Planner.plan(
                ModelInfos.find("llama-3.1-70b"), PlanRequest.parse("80GiB", 131_072, 1, "Q4_K_M", "f16", true, null));
        assertThat(f16.fit()).isEqualTo(Fit.PART);
        assertThat(f16.wouldFit()).contains("a KV cache of q8_0");
    }

    @Test
    void a405bAt128kTakesFourCardsOf80() {
        Plan four = plan("llama-3.1-405b", "4x80GiB", 131_072, "Q4_K_M");

        assertThat(four.fit()).isEqualTo(Fit.WHOLE);
        assertThat(four.kv()).isEqualTo(KvType.F16);
        assertThat(gib(four.usedOnCards() + four.host().used() + 4 * Placement.MARGIN))
                .isCloseTo(295, within(295 * 0.03));
        Plan three = Planner.plan(
                ModelInfos.find("llama-3.1-405b"),
                PlanRequest.parse("3x80GiB", 131_072, 1, "Q4_K_M", "f16", true, null));
        assertThat(three.fit()).isEqualTo(Fit.PART);
        assertThat(three.wouldFit()).anyMatch(way -> way.startsWith("4 cards"));
    }

    @ParameterizedTest
    @CsvSource({
        "llama-3.1-70b, 8192, 2.5",
        "llama-3.1-70b, 131072, 40",
        "llama-3.1-405b, 8192, 3.94",
        "llama-3.1-405b, 131072, 63"
    })
    void theCacheIsTheTables(String model, int context, double gib) {
        Plan plan = Planner.plan(
                ModelInfos.find(model), PlanRequest.parse("32x80GiB", context, 1, "Q4_K_M", "f16", true, null));

        assertThat(gib(plan.cards().stream().mapToLong(Plan.Card::kv).sum())).isCloseTo(gib, within(gib * 0.01));
    }

    @Test
    void sequencesInParallelHaveAContextEach() {
        Plan one = plan("llama-3.1-8b", "24GiB", 8192, "Q4_K_M");
        Plan four = Planner.plan(
                ModelInfos.find("llama-3.1-8b"), PlanRequest.parse("24GiB", 8192, 4, "Q4_K_M", null, true, null));

        assertThat(four.cards().getFirst().kv())
                .isEqualTo(4 * one.cards().getFirst().kv());
        assertThat(four.command()).containsSequence("-c", "32768", "-np", "4");
    }

    @Test
    void withoutAQuantisationTheMostExactThatFitsIsTaken() {
        assertThat(plan("llama-3.1-70b", "80GiB", 8192, null).quant()).isEqualTo("Q8_0");
        assertThat(plan("llama-3.1-70b", "2x32GiB", 8192, null).quant()).isEqualTo("Q6_K");
        assertThat(plan("llama-3.1-70b", "48GiB", 8192, null).quant()).isEqualTo("Q4_K_M");
        assertThat(plan("llama-3.1-70b", "24GiB", 8192, null).quant()).isEqualTo("Q4_K_M");
    }

    @Test
    void ofAMixtureExpertsGoToTheCpuFirst() {
        Plan plan = plan("mixtral-8x7b", "24GiB", 8192, "Q4_K_M");

        assertThat(plan.fit()).isEqualTo(Fit.PART);
        assertThat(plan.layersOnGpu()).isEqualTo(32);
        assertThat(plan.expertsOnCpu()).isBetween(4, 8);
        assertThat(plan.command()).containsSequence("-ngl", "all", "--n-cpu-moe", String.valueOf(plan.expertsOnCpu()));
        assertThat(plan("mixtral-8x7b", "48GiB", 8192, "Q4_K_M").expertsOnCpu()).isZero();
        Plan tiny = plan("mixtral-8x7b", "2GiB", 8192, "Q4_K_M");
        assertThat(tiny.expertsOnCpu()).isEqualTo(32);
        assertThat(tiny.layersOnGpu()).isBetween(1, 31);
    }

    @Test
    void unequalCardsAreFilledEvenly() {
        Plan plan = plan("llama-3.1-70b", "1x48GiB,1x24GiB", 8192, "Q5_K_M");

        assertThat(plan.fit()).isEqualTo(Fit.WHOLE);
        double first = plan.cards().get(0).used() / (double) plan.cards().get(0).memory();
        double second =
                plan.cards().get(1).used() / (double) plan.cards().get(1).memory();
        assertThat(first).isCloseTo(second, within(0.05));
        int pieces = plan.cards().stream().mapToInt(Plan.Card::pieces).sum();
        assertThat(pieces).as("layers and the output").isEqualTo(81);
        assertThat(plan.command())
                .containsSequence(
                        "-ts",
                        plan.cards().get(0).pieces() + "," + plan.cards().get(1).pieces());
    }

    @Test
    void whereNothingFitsItSaysSoAndWhatWould() {
        Plan plan = Planner.plan(
                ModelInfos.find("llama-3.1-405b"), PlanRequest.parse("24GiB", 8192, 1, null, null, true, "128GiB"));

        assertThat(plan.fit()).isEqualTo(Fit.NONE);
        assertThat(plan.text())
                .contains("Does not fit")
                .contains("the host needs")
                .contains("11 cards")
                .doesNotContain("llama-server -m");
        assertThat(plan("llama-3.1-70b", "1GiB", 8192, "Q4_K_M").fit()).isEqualTo(Fit.NONE);
    }

    @Test
    void aSmallerQuantisationAShorterContextAndFewerSequencesAreNamed() {
        Plan plan = Planner.plan(
                ModelInfos.find("llama-3.1-8b"), PlanRequest.parse("12GiB", 32_768, 1, "Q8_0", "f16", true, null));

        assertThat(plan.wouldFit())
                .anyMatch(way -> way.startsWith("a smaller quantisation, Q6_K"))
                .contains("a KV cache of q8_0")
                .anyMatch(way -> way.endsWith("cards: 2x12GiB"));
        Plan one = Planner.plan(
                ModelInfos.find("llama-3.1-8b"), PlanRequest.parse("12GiB", 16_384, 4, "Q8_0", "f16", true, null));
        assertThat(one.wouldFit())
                .contains("one sequence instead of 4")
                .anyMatch(way -> way.startsWith("a context of "));
    }

    @Test
    void flashAttentionSavesTheScores() {
        Plan off = Planner.plan(
                ModelInfos.find("llama-3.1-8b"), PlanRequest.parse("24GiB", 8192, 1, "Q4_K_M", null, false, null));
        Plan on = plan("llama-3.1-8b", "24GiB", 8192, "Q4_K_M");

        assertThat(off.cards().getFirst().compute() - on.cards().getFirst().compute())
                .isEqualTo(32L * 8192 * 512 * 4);
        assertThat(off.command()).containsSequence("-fa", "off");
        assertThatThrownBy(() -> PlanRequest.parse("24GiB", 8192, 1, null, "q8_0", false, null))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("needs flash attention");
    }

    @Test
    void withoutCardsAllIsTheHosts() {
        Plan plan = plan("llama-3.1-8b", "none", 8192, "Q4_K_M");

        assertThat(plan.fit()).isEqualTo(Fit.CPU);
        assertThat(plan.host().weights()).isEqualTo(plan.fileBytes());
        assertThat(plan.command()).containsSequence("-ngl", "0");
    }

    @Test
    void whereOnlyTheHostsMemoryLacksTheWaysAreThoseThatFitIt() {
        Plan cpu = withRam("llama-3.1-8b", "none", 8192, "Q8_0", "6.3GiB");

        assertThat(cpu.fit()).isEqualTo(Fit.NONE);
        assertThat(cpu.wouldFit())
                .anyMatch(way -> way.startsWith("a smaller quantisation, Q4_K_M"))
                .anyMatch(way -> way.endsWith("GiB of RAM"))
                .noneMatch(way -> way.startsWith("a context"));
        assertThat(cpu.text()).doesNotContain("Nothing else makes it fit");
        assertThat(withRam("llama-3.1-8b", "none", 8192, "Q4_K_M", "6.3GiB").fit())
                .isEqualTo(Fit.CPU);
        String enough = cpu.wouldFit().getLast().replaceAll("^(\\S+) (GiB) of RAM$", "$1$2");
        assertThat(withRam("llama-3.1-8b", "none", 8192, "Q8_0", enough).fit()).isEqualTo(Fit.CPU);

        Plan part = withRam("llama-3.1-70b", "24GiB", 8192, "Q8_0", "16GiB");
        assertThat(part.fit()).isEqualTo(Fit.NONE);
        assertThat(part.wouldFit())
                .anyMatch(way -> way.matches("a smaller quantisation, .*, with a part of the model on the CPU;.*"))
                .anyMatch(way -> way.matches("\\d cards: \\dx24GiB"));
        String quant = part.wouldFit().getFirst().replaceAll("^a smaller quantisation, ([^,]*),.*", "$1");
        assertThat(withRam("llama-3.1-70b", "24GiB", 8192, quant, "16GiB").fit())
                .isEqualTo(Fit.PART);
        // the embeddings alone are more than that
        Plan tiny = withRam("llama-3.1-70b", "80GiB", 8192, "Q8_0", "512MiB");
        assertThat(tiny.wouldFit()).noneMatch(way -> way.contains("cards"));
    }

    @Test
    void thePortIsNotCerminsOwn() {
        assertThat(plan("llama-3.1-8b", "24GiB", 8192, "Q4_K_M").text())
                .contains("--port 8081", "base-url=http://127.0.0.1:8081")
                .doesNotContain("8080");
    }

    @Test
    void aContextBeyondTheTrainedOneIsNoted() {
        assertThat(plan("llama-3.1-8b", "80GiB", 200_000, "Q4_K_M").notes()).anyMatch(note -> note.contains("131072"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2x",
                "x24GiB",
                "24",
                "2*24GBi",
                "0x24GiB",
                "-1x24GiB",
                "2x0GiB",
                "24 parsecs",
                "",
                "2x24GiB,",
                "999x24GiB"
            })
    void aTypoInTheCardsIsNamed(String gpus) {
        assertThatThrownBy(() -> Gpus.parse(gpus))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("--gpus '" + gpus + "'")
                .hasMessageContaining("Write 24GiB, 2x24GiB");
    }

    @ParameterizedTest
    @CsvSource({
        "24GiB, 25769803776",
        "24GB, 24000000000",
        "24g, 25769803776",
        "1.5GiB, 1610612736",
        "24576MiB, 25769803776"
    })
    void sizesAreReadInBothUnits(String given, long bytes) {
        assertThat(Gpus.parse(given).bytes()).containsExactly(bytes);
    }

    @Test
    void unknownModelsAndTypesAreNamedWithThoseKnown() {
        assertThatThrownBy(() -> ModelInfos.find("llama-9"))
                .isInstanceOf(PlanException.class)
                .hasMessageContainingAll("'llama-9'", "GGUF", "llama-3.1-70b");
        assertThatThrownBy(() -> PlanRequest.parse("none", 1, 1, "Q9", null, true, null))
                .hasMessageContainingAll("'Q9'", "Q4_K_M");
        assertThatThrownBy(() -> PlanRequest.parse("none", 1, 1, null, "f8", true, null))
                .hasMessageContainingAll("'f8'", "q8_0");
        assertThatThrownBy(() -> PlanRequest.parse("none", 0, 1, null, null, true, null))
                .hasMessageContaining("context of 0");
    }

    private static Plan plan(String model, String gpus, int context, String quant) {
        return Planner.plan(ModelInfos.find(model), PlanRequest.parse(gpus, context, 1, quant, null, true, null));
    }

    private static Plan withRam(String model, String gpus, int context, String quant, String ram) {
        return Planner.plan(ModelInfos.find(model), PlanRequest.parse(gpus, context, 1, quant, "f16", true, ram));
    }

    private static double gib(long bytes) {
        return bytes / (double) Sizes.GIB;
    }
}
