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
    void aRightDraftIsPassedPartByPart() {
        assertThat(draft("x^2-5x+6=0")).isEqualTo("x=2,3");
        assertThat(critique("x^2-5x+6=0", "x=2,3"))
                .isEqualTo("(x-2)(x-3);1*1=1:1 ok;1*-3=-3,-2*1=-2,-3-2=-5:-5 ok;-2*-3=6:6 ok");
        assertThat(correct("x^2-5x+6=0", "x=2,3")).isEqualTo("x=2,3");
    }

    @Test
    void wrongRootsAreCorrectedByTheDiscriminant() {
        assertThat(draft("2x^2+5x-3=0")).isEqualTo("x=-3/2,1");
        assertThat(critique("2x^2+5x-3=0", "x=-3/2,1"))
                .isEqualTo("(2x+3)(x-1);2*1=2:2 ok;2*-1=-2,3*1=3,-2+3=1:5 bad;5*5=25,2*-3=-6,4*-6=-24,25+24=49,"
                        + "7*7=49;-5-7=-12,-12/4=-3;-5+7=2,2/4=1/2");
        assertThat(correct("2x^2+5x-3=0", "x=-3/2,1")).isEqualTo("x=-3,1/2");
        assertThat(critique("2x^2+5x-3=0", "x=-3,1/2")).endsWith(" ok");
    }

    @Test
    void aWrongProductIsFoundByCastingOutNinesAndCorrectedByColumns() {
        assertThat(draft("47*38")).isEqualTo("1796");
        assertThat(critique("47*38", "1796")).startsWith("%9 47=2,38=2,2*2=4;17=8,89=8,86=5;5:4 bad;7*8=56,");
        assertThat(correct("47*38", "1796")).isEqualTo("1786");
    }

    @Test
    void aWrongSolutionIsCorrectedAndThenPassed() {
        assertThat(draft("9x-15=21")).isEqualTo("x=3");
        assertThat(critique("9x-15=21", "x=3")).contains(" bad;");
        assertThat(correct("9x-15=21", "x=3")).isEqualTo("x=4");
        assertThat(critique("9x-15=21", "x=4")).endsWith(" ok");
    }

    @Test
    void aWrongDurationAndAWrongPairAreCorrected() {
        assertThat(correct("3h47*6", "22h52")).isEqualTo("22h42");
        assertThat(correct("2x+y=9,3x-2y=10", "x=3,y=3")).isEqualTo("x=4,y=1");
    }

    /** By design: a product's check is cheaper than the product, and blind to an error that is a multiple of 99. */
    @Test
    void notEveryErrorIsFound() {
        assertThat(critique("47*38", "1885")).endsWith(" ok");
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
