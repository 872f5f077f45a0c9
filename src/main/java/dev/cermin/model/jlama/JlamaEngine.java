package dev.cermin.model.jlama;

import com.github.tjake.jlama.safetensors.SafeTensorSupport;
import com.github.tjake.jlama.safetensors.WeightLoader;
import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.KvBufferCache;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;

/** One loaded model: forward passes over tokens, one caller at a time. */
@SuppressWarnings(
        "rawtypes") // a tensor's type parameters name classes of the incubator module, which javac is not given
final class JlamaEngine implements AutoCloseable {
    private final LlamaShape shape;
    private final ByteLevelTokenizer tokenizer;
    private final WeightLoader weights;
    private final RowLogits model;
    private final KvBufferCache caches;
    private final GivenTexts texts;
    private final int threads;

    /** Jlama's layers keep intermediate results in fields, so two passes at once mix their answers. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private boolean closed;

    private JlamaEngine(ModelFolder folder, int threads, WeightLoader weights) {
        this.shape = folder.shape();
        this.threads = threads;
        this.weights = weights;
        this.tokenizer = new ByteLevelTokenizer(folder.path());
        for (long id : tokenizer.getModel().vocabLookup.values()) {
            if (id >= shape.vocabulary()) {
                throw new ModelLoadException(
                        folder.path().resolve("tokenizer.json"),
                        "it has token id " + id + ", and vocab_size in config.json is " + shape.vocabulary(),
                        "Take config.json and tokenizer.json from the same model");
            }
        }
        this.model = new RowLogits(shape, weights, tokenizer);
        this.caches = new KvBufferCache(model);
        this.texts = new GivenTexts(model, shape, caches);
    }

    static JlamaEngine load(Path path, OptionalInt threads) {
        JlamaRuntime.prepare(path);
        ModelFolder folder = ModelFolder.check(path);
        int running = PoolThreads.claim(folder, threads);
        WeightLoader weights = null;
        JlamaEngine engine = null;
        try {
            weights = SafeTensorSupport.loadWeights(path.toFile());
            engine = new JlamaEngine(folder, running, weights);
            JlamaRuntime.refuseNativeOperations(path);
            ReferenceText.check(folder, engine);
            JlamaEngine loaded = engine;
            engine = null;
            weights = null;
            return loaded;
        } catch (ModelLoadException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ModelLoadException(
                    path, "Jlama failed to load it: " + e, "Check that the files belong to one Llama model", e);
        } finally {
            if (engine != null) {
                engine.close();
            } else if (weights != null) {
                closeQuietly(weights);
            }
        }
    }

    /** Tokens of a prompt, with the beginning-of-text token in front exactly once. */
    int[] encode(String text) {
        int[] ids = tokenizer.ids(text);
        if (ids.length > 0 && ids[0] == shape.bos()) {
            return ids;
        }
        int[] withStart = new int[ids.length + 1];
        withStart[0] = shape.bos();
        System.arraycopy(ids, 0, withStart, 1, ids.length);
        return withStart;
    }

    ByteLevelTokenizer tokenizer() {
        return tokenizer;
    }

    int usableContext() {
        return shape.usableContext();
    }

    int threads() {
        return threads;
    }

    /**
     * Continues a prompt until an end token, the limit, or the taker's word.
     *
     * @param taker gets each token that is not an end token, and answers true to stop
     * @return whether the text came to an end, rather than to the limit
     */
    boolean generate(int[] prompt, int most, Sampler sampler, IntPredicate taker) {
        refuseTooLong(prompt.length, usableContext() - 1, "The prompt");
        lock("waiting for the model");
        try (KvBufferCache.KvBuffer cache = openCache()) {
            float[] logits = readPrompt(prompt, cache);
            int room = Math.min(most, usableContext() - prompt.length);
            for (int made = 0; ; ) {
                int token = sampler.next(logits);
                if (shape.eos().contains(token) || taker.test(token)) {
                    return true;
                }
                if (++made == room) {
                    return false;
                }
                refuseInterrupted("after " + made + " tokens of the answer");
                try (AbstractTensor row = model.forward(token, prompt.length + made - 1, cache, Optional.empty())) {
                    logits = logits(row);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The log-probability of each token behind the first {@code prompt} ones, at least one, given all before it. */
    double[] logProbabilities(int[] tokens, int prompt) {
        refuseTooLong(tokens.length, usableContext(), "The text");
        lock("waiting for the model");
        try {
            refuseClosed();
            return texts.logProbabilities(tokens, prompt);
        } finally {
            lock.unlock();
        }
    }

    /** Reads tokens as those of a given text are read, and gives nothing. */
    void read(int[] tokens) {
        refuseTooLong(tokens.length, usableContext(), "The text");
        lock("waiting for the model");
        try (KvBufferCache.KvBuffer cache = openCache()) {
            for (Spans span : Spans.padded(0, tokens.length, usableContext())) {
                refuseInterrupted("after " + span.start() + " of " + tokens.length + " tokens");
                forward(tokens, span, cache).close();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                texts.close();
                caches.close();
                model.close();
                closeQuietly(weights);
            }
        } finally {
            lock.unlock();
        }
    }

    /** An unknown id would read memory beside the embeddings. */
    void requireKnown(int[] tokens) {
        for (int token : tokens) {
            if (token < 0 || token >= shape.vocabulary()) {
                throw new IllegalArgumentException(
                        "Token id " + token + " is not in the vocabulary of " + shape.vocabulary() + ".");
            }
        }
    }

    private float[] readPrompt(int[] prompt, KvBufferCache.KvBuffer cache) {
        float[] logits = new float[0];
        for (Spans span : Spans.of(prompt.length)) {
            refuseInterrupted("after " + span.start() + " of " + prompt.length + " tokens of the prompt");
            try (AbstractTensor rows = forward(prompt, span, cache)) {
                if (span.start() + span.length() == prompt.length) {
                    logits = logits(rows.slice(span.length() - 1));
                }
            }
        }
        return logits;
    }

    private AbstractTensor forward(int[] tokens, Spans span, KvBufferCache.KvBuffer cache) {
        int[] part = Arrays.copyOfRange(tokens, span.start(), span.start() + span.length());
        return model.batchForward(part, span.start(), cache);
    }

    /** Jlama's sampling at temperature 0 leaves the raw logits in the buffer that it is given. */
    private float[] logits(AbstractTensor row) {
        try (AbstractTensor buffer = model.makeDenseTensor(shape.vocabulary())) {
            model.sample(row, 0, 0, buffer);
            float[] logits = new float[shape.vocabulary()];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = buffer.get(0, i);
            }
            return logits;
        }
    }

    /** A cache of its own for every call: the sessions that Jlama keeps by id are never given back. */
    private KvBufferCache.KvBuffer openCache() {
        refuseClosed();
        return caches.getEphemeralKvBuffer();
    }

    private void refuseClosed() {
        if (closed) {
            throw new IllegalStateException("This model is closed. Build a new one.");
        }
    }

    private void lock(String doing) {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(doing);
        }
    }

    private static void refuseInterrupted(String where) {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(where);
        }
    }

    private static CancellationException interrupted(String where) {
        return new CancellationException("The thread was interrupted " + where + "; the answer is given up.");
    }

    private static void refuseTooLong(int given, int fits, String what) {
        if (given > fits) {
            throw new PromptTooLongException(what, given, fits);
        }
    }

    private static void closeQuietly(WeightLoader weights) {
        try {
            weights.close();
        } catch (Exception e) {
            System.getLogger(JlamaEngine.class.getName())
                    .log(System.Logger.Level.WARNING, "A file of the model's weights could not be closed", e);
        }
    }
}
