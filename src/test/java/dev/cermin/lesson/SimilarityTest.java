package dev.cermin.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SimilarityTest {
    private static final Offset<Double> CLOSE = Offset.offset(1e-9);

    @Test
    void tasksOfOneKindAreAlikeAndOthersAreNot() {
        assertAlike("9x-15=21", "3x-7=11");
        assertAlike("Summarise the report on sales in March.", "Summarise the report on costs in April.");
        assertAlike("Translate 'good morning' into French.", "Translate 'good night' into FRENCH.");
        assertAlike("List all customers without orders.", "A list of the customers who have no order.");
        assertAlike("請把這句話翻譯成英文", "把這段話翻譯成英文");
        assertUnlike("9x-15=21", "17*23+4");
        assertUnlike("Translate 'good morning' into French.", "Write a haiku about the morning.");
        assertUnlike("請把這句話翻譯成英文", "寫一首關於月亮的詩");
    }

    @Test
    void theVerySameTaskIsMostAlike() {
        double[] alike = Similarity.lexical().between("9x-15=21", List.of("9x-15=21", "9x-15=24", "3x-7=11", ""));

        assertThat(alike[0]).isEqualTo(1, CLOSE);
        assertThat(alike[1]).isBetween(alike[2], alike[0]);
        assertThat(alike[3]).isZero();
    }

    @Property(tries = 300)
    void itIsSymmetricAndBetweenNothingAndTheSame(@ForAll String one, @ForAll String other) {
        double alike = lexical(one, other);

        assertThat(alike).isBetween(0.0, 1 + 1e-9).isEqualTo(lexical(other, one), CLOSE);
        assertThat(lexical(one, one)).isEqualTo(one.isEmpty() ? 0 : 1, CLOSE);
    }

    @Test
    void embeddingsAreComparedByTheirCosineAndAskedForOnce() {
        Angles model = new Angles();
        Similarity similarity = Similarity.of(model);

        double[] alike = similarity.between("0", List.of("60", "0", "90", "180", "60"));
        assertThat(alike).usingComparatorWithPrecision(1e-6).containsExactly(0.5, 1, 0, 0, 0.5);
        assertThat(similarity.between("60", List.of("0", "30"))).hasSize(2);

        assertThat(model.asked).containsExactly(List.of("60", "0", "90", "180"), List.of("30"));
    }

    @Test
    void anEmbeddingModelThatGivesTooFewIsTold() {
        EmbeddingModel model = texts -> Response.from(List.of());

        assertThatThrownBy(() -> Similarity.of(model).between("a", List.of("b")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The embedding model gave 0 embeddings for 2 texts");
    }

    private static void assertAlike(String one, String other) {
        assertThat(lexical(one, other)).isGreaterThanOrEqualTo(LessonSettings.DEFAULT.threshold());
    }

    private static void assertUnlike(String one, String other) {
        assertThat(lexical(one, other)).isLessThan(LessonSettings.DEFAULT.threshold());
    }

    private static double lexical(String one, String other) {
        return Similarity.lexical().between(one, List.of(other))[0];
    }

    /** A text is an angle in degrees, and its embedding the direction. */
    private static final class Angles implements EmbeddingModel {
        private final List<List<String>> asked = new ArrayList<>();

        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
            List<String> texts = segments.stream().map(TextSegment::text).toList();
            asked.add(texts);
            return Response.from(texts.stream()
                    .map(text -> Math.toRadians(Double.parseDouble(text)))
                    .map(angle -> Embedding.from(new float[] {(float) Math.cos(angle), (float) Math.sin(angle)}))
                    .toList());
        }
    }
}
