package dev.cermin.model.jlama;

import com.github.tjake.jlama.math.VectorMath;
import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.KvBufferCache;
import com.github.tjake.jlama.tensor.KvBufferCache.KvBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CancellationException;

/**
 * Log-probabilities of given texts. What was read of the last two prompts is kept, so that another text behind the same
 * one, or behind one that begins alike, does not pay for it again. Not thread-safe.
 */
@SuppressWarnings("rawtypes") // as in JlamaEngine
final class GivenTexts implements AutoCloseable {
    /** An IFD and an r-IFD prompt take turns. */
    private static final int MOST_KEPT = 2;

    private final RowLogits model;
    private final LlamaShape shape;
    private final KvBufferCache caches;
    private final float[] logits;
    private final Deque<Pass> kept = new ArrayDeque<>();

    GivenTexts(RowLogits model, LlamaShape shape, KvBufferCache caches) {
        this.model = model;
        this.shape = shape;
        this.caches = caches;
        this.logits = new float[RowLogits.BLOCK * shape.vocabulary()];
    }

    /** The log-probability of each token behind the first {@code prompt} ones, which are at least one. */
    double[] logProbabilities(int[] tokens, int prompt) {
        double[] result = new double[tokens.length - prompt];
        if (prompt == 1) {
            try (Pass pass = new Pass(caches.getEphemeralKvBuffer())) {
                pass.read(tokens, 0, prompt, result);
            }
            return result;
        }
        Pass pass = best(tokens, prompt);
        kept.remove(pass);
        kept.addFirst(pass);
        pass.read(tokens, Math.min(pass.common(tokens), prompt - 1), prompt, result);
        return result;
    }

    /** The one that has most of the prompt; a further one, while there may be, where none has all of it. */
    private Pass best(int[] tokens, int prompt) {
        Pass best = null;
        for (Pass one : kept) {
            // of those that have as much, the one that was not used for longer
            if (best == null || one.common(tokens) >= best.common(tokens)) {
                best = one;
            }
        }
        boolean whole = best != null && best.common(tokens) >= prompt;
        return best == null || (!whole && kept.size() < MOST_KEPT) ? new Pass(caches.getEphemeralKvBuffer()) : best;
    }

    @Override
    public void close() {
        kept.forEach(Pass::close);
        kept.clear();
    }

    /** The keys and values of a text that was read. */
    private final class Pass implements AutoCloseable {
        private final KvBuffer cache;
        private int[] read = new int[0];

        Pass(KvBuffer cache) {
            this.cache = cache;
        }

        int common(int[] tokens) {
            int different = Arrays.mismatch(read, tokens);
            return different < 0 ? read.length : different;
        }

        /** Reads from {@code start} on; what a position says is of the token behind it, so the last one is not read. */
        void read(int[] tokens, int start, int prompt, double[] result) {
            read = Arrays.copyOf(tokens, start);
            for (Spans span : Spans.padded(start, tokens.length - 1, shape.usableContext())) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("The thread was interrupted after " + span.start() + " of "
                            + tokens.length + " tokens; the scores are given up.");
                }
                int[] part = Arrays.copyOfRange(tokens, span.start(), span.start() + span.length());
                try (AbstractTensor rows = model.batchForward(part, span.start(), cache)) {
                    rate(rows, span, tokens, prompt, result);
                }
                read = Arrays.copyOf(tokens, Math.min(span.start() + span.length(), tokens.length - 1));
            }
        }

        private void rate(AbstractTensor rows, Spans span, int[] tokens, int prompt, double[] result) {
            int skipped = Math.max(0, prompt - 1 - span.start()) / RowLogits.BLOCK * RowLogits.BLOCK;
            for (int first = skipped; first < span.length(); first += RowLogits.BLOCK) {
                int at = span.start() + first;
                int from = Math.max(0, prompt - 1 - at);
                int to = Math.min(Math.min(RowLogits.BLOCK, span.length() - first), tokens.length - 1 - at);
                if (from >= to) {
                    continue;
                }
                model.logits(rows, first, Math.min(RowLogits.BLOCK, span.length() - first), logits);
                VectorMath.pfor(
                        from,
                        to,
                        row -> result[at + row + 1 - prompt] = Sampler.logProbability(
                                logits, row * shape.vocabulary(), shape.vocabulary(), tokens[at + row + 1]));
            }
        }

        @Override
        public void close() {
            cache.close();
        }
    }
}
