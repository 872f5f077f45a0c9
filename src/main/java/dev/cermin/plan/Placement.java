package dev.cermin.plan;

import dev.cermin.plan.Plan.Card;
import dev.cermin.plan.Plan.Fit;
import dev.cermin.plan.Plan.Host;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Places one choice of weights and KV type on the cards: the arithmetic, without the choosing. */
final class Placement {
    /** What llama-server's {@code --fit} leaves free on each device. */
    static final long MARGIN = Sizes.GIB;

    /** llama.cpp's default micro-batch. */
    private static final int MICRO_BATCH = 512;

    /** It pads the context of each sequence. */
    private static final int CONTEXT_BLOCK = 256;

    private final Shape shape;
    private final PlanRequest request;
    private final Weights weights;
    private final KvType kv;
    private final long kvOfLayer;
    private final long compute;
    private final long[] room;

    Placement(Shape shape, PlanRequest request, Weights weights, KvType kv) {
        this.shape = shape;
        this.request = request;
        this.weights = weights;
        this.kv = kv;
        long padded = ((long) request.context() + CONTEXT_BLOCK - 1) / CONTEXT_BLOCK * CONTEXT_BLOCK;
        this.kvOfLayer = kv.bytes(shape.keysAndValues() * padded * request.parallel());
        this.compute = compute(padded);
        this.room = request.gpus().bytes().stream()
                .mapToLong(memory -> memory - MARGIN - compute)
                .toArray();
    }

    private long compute(long padded) {
        long tokens = MICRO_BATCH * 4L;
        long wide = 2L * shape.feedForward() * Math.max(1, shape.expertsUsed()) + 4L * shape.hidden();
        long scores = request.flashAttention() ? 0 : shape.heads() * padded;
        return tokens * (shape.vocabulary() + wide + scores);
    }

    /** The best that can be done with these cards. */
    Plan plan(List<String> notes) {
        int layers = weights.layers().size();
        if (room.length == 0) {
            return plan(Fit.CPU, 0, 0, null, notes);
        }
        Split whole = split(layers, 0);
        if (whole != null) {
            return plan(Fit.WHOLE, layers, 0, whole, notes);
        }
        if (shape.mixture()) {
            // experts are the bulk, and each token needs few of them: they are what a CPU can do
            int experts = fewest(layers);
            if (experts <= layers) {
                return plan(Fit.PART, layers, experts, split(layers, experts), notes);
            }
        }
        int moved = shape.mixture() ? layers : 0;
        int most = most(layers, moved);
        return plan(most == 0 ? Fit.NONE : Fit.PART, most, most == 0 ? 0 : moved, split(most, moved), notes);
    }

    /** Fewest layers whose experts leave the cards so that the rest fits; more than all where none does. */
    private int fewest(int layers) {
        int low = 1;
        int high = layers + 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (split(layers, middle) == null) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int most(int layers, int expertsOnCpu) {
        int low = 0;
        int high = layers - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (split(middle, expertsOnCpu) == null) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** llama.cpp puts the last layers on the cards, and behind them the output matrix. */
    private @Nullable Split split(int onGpu, int expertsOnCpu) {
        return onGpu == 0 ? null : Split.even(pieces(onGpu, expertsOnCpu), room);
    }

    private long[] pieces(int onGpu, int expertsOnCpu) {
        long[] pieces = new long[onGpu + 1];
        int first = weights.layers().size() - onGpu;
        for (int i = 0; i < onGpu; i++) {
            pieces[i] = onCard(first + i, expertsOnCpu) + kvOfLayer;
        }
        pieces[onGpu] = weights.output();
        return pieces;
    }

    private long onCard(int layer, int expertsOnCpu) {
        Weights.Layer bytes = weights.layers().get(layer);
        return layer < expertsOnCpu ? bytes.bytes() - bytes.experts() : bytes.bytes();
    }

    private Plan plan(Fit fit, int onGpu, int expertsOnCpu, @Nullable Split split, List<String> notes) {
        int layers = weights.layers().size();
        List<Card> cards = new ArrayList<>();
        int layer = layers - onGpu;
        for (int i = 0; i < room.length; i++) {
            int pieces = split == null ? 0 : split.counts().get(i);
            long held = 0;
            long cache = 0;
            for (int piece = 0; piece < pieces; piece++, layer++) {
                held += layer < layers ? onCard(layer, expertsOnCpu) : weights.output();
                cache += layer < layers ? kvOfLayer : 0;
            }
            cards.add(new Card(request.gpus().bytes().get(i), pieces, held, cache, pieces == 0 ? 0 : compute, MARGIN));
        }
        return new Plan(
                shape.name(),
                "",
                shape.parameters(),
                weights.quant(),
                fit,
                request.context(),
                request.parallel(),
                kv,
                request.flashAttention(),
                layers,
                onGpu,
                expertsOnCpu,
                cards,
                host(layers - onGpu, expertsOnCpu, onGpu == 0),
                weights.file(),
                notes,
                List.of());
    }

    private Host host(int onCpu, int expertsOnCpu, boolean output) {
        long held = weights.embedding() + (output && !sharesOutput() ? weights.output() : 0);
        for (int i = 0; i < weights.layers().size(); i++) {
            Weights.Layer layer = weights.layers().get(i);
            held += i < onCpu ? layer.bytes() : i < expertsOnCpu ? layer.experts() : 0;
        }
        return new Host(held, onCpu * kvOfLayer, onCpu > 0 || expertsOnCpu > 0 ? compute : 0);
    }

    private boolean sharesOutput() {
        return shape.tied();
    }
}
