package dev.cermin.lesson;

import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.List;

/** How alike two tasks are. Implementations are thread-safe. */
@FunctionalInterface
public interface Similarity {
    /**
     * Compares a text with each of the others.
     *
     * @return for each of the others, in their order, from 0, nothing in common, to 1, the same; NaN is never alike
     */
    double[] between(String text, List<String> others);

    /**
     * The default, without a model: how many sequences of three characters two texts share (the cosine of the two sets). Case does not count; a number counts as any number, and once more as itself, so tasks of one shape are
     * alike and the very same is most alike. It knows no synonyms. 0.4 and more says that two tasks are of one kind,
     * except where all of an agent's tasks begin with the same long text.
     */
    static Similarity lexical() {
        return new LexicalSimilarity();
    }

    /**
     * The cosine of two embeddings, 0 where it is negative. Models differ in what unrelated texts get, so set the
     * threshold with the model. The embeddings of the last 4,096 texts are kept in
     * memory; those of other texts are asked for in one call. What the model throws, {@code between} throws.
     */
    static Similarity of(EmbeddingModel model) {
        return new EmbeddingSimilarity(model);
    }
}
