package dev.cermin.tune.score;

import dev.cermin.tune.Likelihood;
import dev.cermin.tune.Student;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A student's engine at the same work without scoring. What tokens a text has is found out once. */
final class Passes implements Student {
    private static final Likelihood NOTHING = new Likelihood.Unscored("its engine was only measured");

    private record Text(String prompt, String text) {}

    private static final class Tokens {
        private final int[] ids;
        private final int prompt;

        Tokens(int[] ids, int prompt) {
            this.ids = ids;
            this.prompt = prompt;
        }
    }

    private final EngineStudent student;
    private final Map<Text, Tokens> known = new ConcurrentHashMap<>();

    Passes(EngineStudent student) {
        this.student = student;
    }

    @Override
    public Likelihood likelihood(String prompt, String text) {
        Tokens tokens = known.computeIfAbsent(new Text(prompt, text), this::tokens);
        student.engine().pass(tokens.ids, tokens.prompt);
        return NOTHING;
    }

    private Tokens tokens(Text text) {
        int[] prompt = student.prompt(text.prompt());
        int[] all = EngineStudent.join(prompt, student.tokens(text.text()));
        return new Tokens(all, Math.max(1, prompt.length));
    }
}
