package dev.cermin.train;

import dev.cermin.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** The three roles: what each is given, and where it ends. */
final class Roles {
    static final int DRAFT = 24;
    static final int REFLECTION = 260;

    private Roles() {}

    /** Seeds libtorch's generator where the temperature is above 0. */
    static List<String> drafts(Decoder decoder, List<Problem> problems, double temperature, long seed) {
        org.bytedeco.pytorch.global.torch.manual_seed(seed);
        List<int[]> prompts = problems.stream()
                .map(problem -> prompt(problem).done().tokens())
                .toList();
        return texts(decoder.write(prompts, List.of(Token.THINKING_END, Token.END), DRAFT, temperature));
    }

    static List<String> reflections(Decoder decoder, List<Problem> problems, List<String> drafts) {
        return reflections(decoder, problems, drafts, 0);
    }

    static List<String> reflections(Decoder decoder, List<Problem> problems, List<String> drafts, double temperature) {
        List<int[]> prompts = new ArrayList<>();
        for (int i = 0; i < problems.size(); i++) {
            prompts.add(drafted(problems.get(i), drafts.get(i)).done().tokens());
        }
        return texts(decoder.write(prompts, List.of(Token.REFLECTION_END, Token.END), REFLECTION, temperature));
    }

    static List<String> corrections(
            Decoder decoder, List<Problem> problems, List<String> drafts, List<String> reflections) {
        List<int[]> prompts = new ArrayList<>();
        for (int i = 0; i < problems.size(); i++) {
            prompts.add(drafted(problems.get(i), drafts.get(i))
                    .text(reflections.get(i), 0)
                    .tag(Token.REFLECTION_END, 0)
                    .tag(Token.OUTPUT, 0)
                    .done()
                    .tokens());
        }
        return texts(decoder.write(prompts, List.of(Token.OUTPUT_END, Token.END), DRAFT, 0));
    }

    private static Sequence.Writer prompt(Problem problem) {
        return Sequence.writer().tag(Token.BEGIN, 0).text(problem.question(), 0).tag(Token.THINKING, 0);
    }

    private static Sequence.Writer drafted(Problem problem, String draft) {
        return prompt(problem).text(draft, 0).tag(Token.THINKING_END, 0).tag(Token.REFLECTION, 0);
    }

    private static List<String> texts(List<int[]> written) {
        return written.stream().map(tokens -> Token.text(tokens, 0)).toList();
    }
}
