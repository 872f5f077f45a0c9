package dev.cermin.lesson;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Cosines of embeddings, those used last kept in memory. */
final class EmbeddingSimilarity implements Similarity {
    static final int REMEMBERED = 4096;

    private final EmbeddingModel model;
    private final Map<String, Embedding> remembered = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Embedding> eldest) {
            return size() > REMEMBERED;
        }
    });

    EmbeddingSimilarity(EmbeddingModel model) {
        this.model = Objects.requireNonNull(model, "model");
    }

    @Override
    public double[] between(String text, List<String> others) {
        Set<String> texts = new LinkedHashSet<>(others);
        texts.add(text);
        Map<String, Embedding> embeddings = embeddings(texts);
        Embedding own = embeddings.get(text);
        return others.stream()
                .mapToDouble(other -> Math.max(0, CosineSimilarity.between(own, embeddings.get(other))))
                .toArray();
    }

    private Map<String, Embedding> embeddings(Set<String> texts) {
        Map<String, Embedding> found = new HashMap<>();
        for (String text : texts) {
            Embedding known = remembered.get(text);
            if (known != null) {
                found.put(text, known);
            }
        }
        List<String> missing =
                texts.stream().filter(text -> !found.containsKey(text)).toList();
        if (!missing.isEmpty()) {
            List<Embedding> made = model.embedAll(
                            missing.stream().map(TextSegment::from).toList())
                    .content();
            if (made.size() != missing.size()) {
                throw new IllegalStateException(
                        "The embedding model gave %d embeddings for %d texts".formatted(made.size(), missing.size()));
            }
            for (int i = 0; i < made.size(); i++) {
                found.put(missing.get(i), made.get(i));
                remembered.put(missing.get(i), made.get(i));
            }
        }
        return found;
    }
}
