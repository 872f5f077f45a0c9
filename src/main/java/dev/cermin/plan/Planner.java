package dev.cermin.plan;

import dev.cermin.plan.Plan.Fit;
import java.util.ArrayList;
import java.util.List;

/** Chooses quantisation and KV type, and says what would fit where nothing does. Pure and thread-safe. */
public final class Planner {
    private static final int MOST_CARDS = 64;
    private static final int SHORTEST = 1024;

    private Planner() {}

    /** Never throws for a model that is too large: {@link Plan#fit} says so. */
    public static Plan plan(ModelInfo model, PlanRequest request) {
        Plan best = choose(model, request);
        List<String> notes = new ArrayList<>(model.notes());
        int trained = model.shape().context();
        if (trained > 0 && request.context() > trained) {
            notes.add("the model was trained for %d tokens; beyond them answers get worse, or need rope scaling"
                    .formatted(trained));
        }
        Fit fit = best.fit();
        if (fit == Fit.NONE) {
            notes.add("a card keeps %s free, and needs working memory and room for a layer and the output beside it"
                    .formatted(Sizes.gib(Placement.MARGIN)));
        }
        boolean tooLittleRam = request.ram() > 0 && best.host().used() > request.ram();
        if (tooLittleRam && fit != Fit.NONE) {
            notes.add("the host needs %s of memory and has %s"
                    .formatted(Sizes.gib(best.host().used()), Sizes.gib(request.ram())));
            fit = Fit.NONE;
        }
        List<String> wouldFit = fit == Fit.WHOLE || fit == Fit.CPU ? List.of() : wouldFit(model, request, best);
        return new Plan(
                best.model(),
                model.file(),
                best.parameters(),
                best.quant(),
                fit,
                best.context(),
                best.parallel(),
                best.kv(),
                best.flashAttention(),
                best.layers(),
                best.layersOnGpu(),
                best.expertsOnCpu(),
                best.cards(),
                best.host(),
                best.fileBytes(),
                notes,
                wouldFit);
    }

    /** The most exact that is whole on the cards, else the smallest of those, in part or on the CPU. */
    private static Plan choose(ModelInfo model, PlanRequest request) {
        List<Weights> choices = choices(model, request);
        for (KvType kv : kvTypes(request)) {
            for (Weights weights : choices) {
                Plan plan = new Placement(model.shape(), request, weights, kv).plan(List.of());
                if (plan.fit() == Fit.WHOLE) {
                    return plan;
                }
            }
        }
        return new Placement(
                        model.shape(),
                        request,
                        choices.getLast(),
                        kvTypes(request).getFirst())
                .plan(List.of());
    }

    private static List<Weights> choices(ModelInfo model, PlanRequest request) {
        if (request.quant() != null) {
            return List.of(Weights.of(model.shape(), request.quant()));
        }
        if (model.stored() != null) {
            return List.of(model.stored().weights());
        }
        return Quant.CHOICE.stream()
                .map(quant -> Weights.of(model.shape(), quant))
                .toList();
    }

    private static List<KvType> kvTypes(PlanRequest request) {
        if (request.kv() != null) {
            return List.of(request.kv());
        }
        return request.flashAttention() ? List.of(KvType.F16, KvType.Q8_0) : List.of(KvType.F16);
    }

    private static List<String> wouldFit(ModelInfo model, PlanRequest request, Plan best) {
        List<String> ways = new ArrayList<>();
        for (Quant quant : Quant.values()) {
            Weights weights = Weights.of(model.shape(), quant);
            if (weights.file() < best.fileBytes() && fits(model, request, weights, best.kv())) {
                ways.add("a smaller quantisation, %s, of %s; below Q4_K_M answers get worse"
                        .formatted(quant, Sizes.gib(weights.file())));
                break;
            }
        }
        Weights same = same(model, best);
        if (!best.kv().quantised() && request.flashAttention() && fits(model, request, same, KvType.Q8_0)) {
            ways.add("a KV cache of q8_0");
        }
        if (request.parallel() > 1 && fits(model, request.withParallel(1), same, best.kv())) {
            ways.add("one sequence instead of " + request.parallel());
        }
        int shorter = shorter(model, request, same, best.kv());
        if (shorter > 0) {
            ways.add("a context of %d".formatted(shorter));
        }
        if (!request.gpus().bytes().isEmpty()) {
            for (int more = 1; request.gpus().bytes().size() + more <= MOST_CARDS; more++) {
                Gpus cards = request.gpus().with(more);
                if (fits(model, request.withGpus(cards), same, best.kv())) {
                    ways.add("%d cards: %s".formatted(cards.bytes().size(), cards));
                    break;
                }
            }
        }
        if (request.ram() > 0 && best.host().used() > request.ram() && best.layersOnGpu() > 0) {
            ways.add("%s of RAM, with a part of the model on the CPU"
                    .formatted(Sizes.gib(best.host().used())));
        }
        return ways;
    }

    private static Weights same(ModelInfo model, Plan best) {
        if (model.stored() != null && model.stored().weights().quant().equals(best.quant())) {
            return model.stored().weights();
        }
        return Weights.of(model.shape(), Quant.parse(best.quant()));
    }

    private static int shorter(ModelInfo model, PlanRequest request, Weights weights, KvType kv) {
        int low = 0;
        int high = (request.context() - 1) / SHORTEST;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (fits(model, request.withContext(middle * SHORTEST), weights, kv)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low * SHORTEST;
    }

    private static boolean fits(ModelInfo model, PlanRequest request, Weights weights, KvType kv) {
        return new Placement(model.shape(), request, weights, kv)
                        .plan(List.of())
                        .fit()
                == Fit.WHOLE;
    }
}
