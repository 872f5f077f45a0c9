package dev.cermin.model.jlama;

import static dev.cermin.model.jlama.ChatRequests.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the bundled model answers in its three roles; greedy, so it is the same on every machine. */
class BundledRolesTest {
    @TempDir
    static Path cache;

    private static JlamaChatModel model;

    @BeforeAll
    static void load() {
        model = JlamaChatModel.builder().folder(BundledModel.unpack(cache)).build();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void aRightDraftIsPassed() {
        assertThat(draft("2x^2+5x-3=0")).isEqualTo("x=-3,1/2");
        assertThat(critique("2x^2+5x-3=0", "x=-3,1/2")).isEqualTo("(x+3)(2x-1):1*2=2;1*-1=-1,3*2=6,-1+6=5;3*-1=-3 ok");
        assertThat(correct("2x^2+5x-3=0", "x=-3,1/2")).isEqualTo("x=-3,1/2");
    }

    @Test
    void aWrongProductIsCorrectedInOneRound() {
        assertThat(draft("47*38")).isEqualTo("1146");
        assertThat(critique("47*38", "1146")).isEqualTo("47*30=1410,47*8=376,1410+376=1786;1146 bad");
        assertThat(correct("47*38", "1146")).isEqualTo("1786");
    }

    @Test
    void aWrongRootIsCorrectedAndThenPassed() {
        assertThat(draft("9x-15=21")).isEqualTo("x=1");
        assertThat(critique("9x-15=21", "x=1")).contains(" bad;");
        assertThat(correct("9x-15=21", "x=1")).isEqualTo("x=4");
        assertThat(critique("9x-15=21", "x=4")).endsWith(" ok");
    }

    @Test
    void notEveryErrorIsFound() {
        assertThat(correct("3x+4=19", draft("3x+4=19"))).isEqualTo("x=4");
        assertThat(critique("3x+4=19", "x=4")).endsWith(" ok");
    }

    private static String draft(String question) {
        return text(model, question + "<thinking>");
    }

    private static String critique(String question, String draft) {
        return text(model, question + "<thinking>" + draft + "</thinking><reflection>");
    }

    private static String correct(String question, String draft) {
        return text(
                model,
                question + "<thinking>" + draft + "</thinking><reflection>" + critique(question, draft)
                        + "</reflection><output>");
    }
}
