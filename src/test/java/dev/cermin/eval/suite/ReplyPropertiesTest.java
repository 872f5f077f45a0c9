package dev.cermin.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.eval.Score;
import dev.cermin.eval.Scorer;
import dev.cermin.verify.EquationVerifier;
import dev.cermin.verify.ifeval.Ifeval;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a model replies, it gets a score, and the same one again. */
class ReplyPropertiesTest {
    private static final List<Scorer> SCORERS = List.of(
            new NumberScorer("18"),
            new MathScorer("\\left( 3, \\frac{\\pi}{2} \\right)", Convention.SIMPLE_EVALS),
            new MathScorer("1 \\pm \\sqrt{19}", Convention.HARNESS),
            new MathScorer("\\begin{pmatrix} -1/3 \\\\ 2/3 \\end{pmatrix}", Convention.SIMPLE_EVALS),
            new MathScorer("y=2x+1", Convention.SIMPLE_EVALS),
            reply -> MultipleChoice.byReply('C', Convention.HARNESS, reply),
            reply -> MultipleChoice.byReply('C', Convention.SIMPLE_EVALS, reply),
            new IfevalScorer(List.of(Ifeval.noComma(), Ifeval.jsonFormat())),
            new VerifierScorer(new EquationVerifier(), "x^2-5x+6=0"));

    @Provide
    Arbitrary<String> replies() {
        Arbitrary<String> pieces = Arbitraries.of(
                "Answer: ",
                "\\boxed{",
                "}",
                "{",
                "\\frac",
                "\\text{",
                "\\left(",
                "(",
                ")",
                "[",
                ",",
                "\\pm",
                "\\cup ",
                "=",
                "x",
                "1",
                "2/3",
                " ",
                "\n",
                "$",
                "\\",
                "^",
                "_",
                "&",
                "\\\\",
                "\\begin{pmatrix}",
                "\\end{pmatrix}",
                "####",
                "\\infty",
                ".",
                "-",
                "cm",
                "Question:",
                "C",
                "```",
                "*",
                "\u00b0",
                "\ud800");
        return Arbitraries.oneOf(pieces.list().ofMaxSize(25).map(list -> String.join("", list)), Arbitraries.strings());
    }

    @Property(tries = 300)
    void everyReplyGetsAScoreAndTheSameAgain(@ForAll("replies") String reply) {
        for (Scorer scorer : SCORERS) {
            Score score = Data.score(scorer, reply);
            assertThat(Data.score(scorer, reply)).isEqualTo(score);
        }
        new PythonCompletion("def f():\n", "f").program(reply);
        new JavaCompletion("class Solution {\n    int f() {\n").program(reply);
    }
}
