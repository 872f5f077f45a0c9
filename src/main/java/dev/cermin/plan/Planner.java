package dev.cermin.plan;

import dev.cermin.plan.Plan.Fit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chooses quantisation and KV type, and says what would fit where nothing does. Pure and thread-safe. */
public final class Planner {
    private static final int MOST_CARDS = 64;
    private static final int SHORTEST = 1024;
    private static final String ON_CPU = ", with a part of the model on the CPU";

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
        String file = QuantFile.of(model, best.quant());
        if (!file.equals(model.file())) {
            notes.add(QuantFile.note(model, best.quant()));
        }
        if (!enoughRam(best, request) && fit != Fit.NONE) {
            notes.add("the host needs %s of memory and has %s"
                    .formatted(Sizes.gibOrMore(best.host().used()), Sizes.gib(request.ram())));
            fit = Fit.NONE;
        }
        List<String> wouldFit = fit == Fit.WHOLE || fit == Fit.CPU ? List.of() : wouldFit(model, request, best);
        return new Plan(
                best.model(),
                file,
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
        boolean itsOwn = model.stored() != null
                && (request.quant() == null
                        || model.stored()
                                .weights()
                                .quant()
                                .equals(request.quant().name()));
        if (request.quant() != null && !itsOwn) {
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
        smaller(model, request, best).ifPresent(ways::add);
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
        if (!enoughRam(best, request) && best.fit() != Fit.NONE) {
            ways.add(
                    "%s of RAM%s".formatted(Sizes.gibOrMore(best.host().used()), best.fit() == Fit.PART ? ON_CPU : ""));
        }
        return ways;
    }

    /** The most exact one whole on the cards; where the host's memory is what lacks, else one in part. */
    private static Optional<String> smaller(ModelInfo model, PlanRequest request, Plan best) {
        List<Fit> wanted = new ArrayList<>(List.of(Fit.WHOLE, Fit.CPU));
        if (!enoughRam(best, request)) {
            wanted.add(Fit.PART);
        }
        for (Fit fit : wanted) {
            for (Quant quant : Quant.values()) {
                Weights weights = Weights.of(model.shape(), quant);
                if (weights.file() < best.fileBytes() && what(model, request, weights, best.kv()) == fit) {
                    return Optional.of("a smaller quantisation, %s, of %s%s; below Q4_K_M answers get worse"
                            .formatted(quant, Sizes.gib(weights.file()), fit == Fit.PART ? ON_CPU : ""));
                }
            }
        }
        return Optional.empty();
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
        Fit fit = what(model, request, weights, kv);
        return fit == Fit.WHOLE || fit == Fit.CPU;
    }

    private static Fit what(ModelInfo model, PlanRequest request, Weights weights, KvType kv) {
        Plan plan = new Placement(model.shape(), request, weights, kv).plan(List.of());
        return enoughRam(plan, request) ? plan.fit() : Fit.NONE;
    }

    private static boolean enoughRam(Plan plan, PlanRequest request) {
        return request.ram() == 0 || plan.host().used() <= request.ram();
    }
}
