package dev.cermin.train;

import dev.cermin.problem.Family;
import dev.cermin.problem.Family.Split;
import dev.cermin.problem.Problem;
import dev.cermin.tune.Likelihood;
import dev.cermin.tune.Scores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * Problems to learn from, a student's drafts of them, what a teacher made of these, and what the student's likelihoods say
 * of both.
 */
record TeacherSet(List<Example> all) {
    private static final double DRAFT_TEMPERATURE = 0.8;

    /**
     * @param reflection the teacher's, on the draft
     * @param answer the teacher's, after it
     * @param scores of the teacher's response
     * @param draftScores of the draft alone
     */
    record Example(Problem problem, String draft, String reflection, String answer, Scores scores, Scores draftScores) {
        boolean isRight() {
            return problem.isSolvedBy(answer);
        }

        /** By the rule of arXiv 2402.10110: reflected on, r-IFD fallen, and IFD and r-IFD under 1. */
        boolean isSelected() {
            return !Exam.isAccepted(reflection)
                    && under(scores.rifdPpl(), draftScores.rifdPpl().orElse(Double.POSITIVE_INFINITY))
                    && under(scores.ifdPpl(), 1)
                    && under(scores.rifdPpl(), 1);
        }

        private static boolean under(OptionalDouble ratio, double limit) {
            return ratio.isPresent() && ratio.getAsDouble() < limit;
        }

        /** Twice: the loss on all of the response, and only behind the first tag of the reflection. */
        List<Sequence> sequences() {
            String response = response(draft, reflection, answer);
            int behind = response.indexOf("<reflection>") + "<reflection>".length();
            return List.of(
                    Sequence.of(problem.question(), response, 0),
                    Sequence.of(problem.question(), response, response.codePointCount(0, behind)));
        }
    }

    static String response(String draft, String reflection, String answer) {
        return "<thinking>%s</thinking><reflection>%s</reflection><output>%s</output>"
                .formatted(draft, reflection, answer);
    }

    /** @param temperature of the teacher's reflections: above 0, it errs now and then */
    static TeacherSet draw(Llama student, Llama teacher, int count, double temperature, long seed) {
        Random random = new Random(seed);
        List<Family> families = List.of(Family.values());
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            problems.add(families.get(i % families.size()).any(Split.LEARN, random));
        }
        List<String> drafts = Roles.drafts(new Decoder(student), problems, DRAFT_TEMPERATURE, seed);
        Decoder teaching = new Decoder(teacher);
        List<String> reflections = Roles.reflections(teaching, problems, drafts, temperature);
        List<String> answers = Roles.corrections(teaching, problems, drafts, reflections);
        List<String> asked = problems.stream().map(Problem::question).toList();
        List<String> responses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            responses.add(response(drafts.get(i), reflections.get(i), answers.get(i)));
        }
        List<Scores> scores = scores(student, asked, responses);
        List<Scores> draftScores = scores(student, asked, drafts);
        List<Example> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (Sequence.of(asked.get(i), responses.get(i), 0).length() <= Feed.COLUMNS) {
                all.add(new Example(
                        problems.get(i),
                        drafts.get(i),
                        reflections.get(i),
                        answers.get(i),
                        scores.get(i),
                        draftScores.get(i)));
            }
        }
        return new TeacherSet(all);
    }

    private static List<Scores> scores(Llama student, List<String> asked, List<String> responses) {
        Scorer scorer = new Scorer(student);
        List<String> nothing = Collections.nCopies(asked.size(), "");
        List<Likelihood> given = scorer.of(asked, responses);
        List<Likelihood> alone = scorer.of(nothing, responses);
        List<Likelihood> askedGiven = scorer.of(responses, asked);
        List<Likelihood> askedAlone = scorer.of(nothing, asked);
        List<Scores> scores = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            scores.add(new Scores(given.get(i), alone.get(i), askedGiven.get(i), askedAlone.get(i)));
        }
        return scores;
    }

    List<Example> selected() {
        return all.stream().filter(Example::isSelected).toList();
    }

    /** Those hardest to follow for the student, of all whose IFD is under 1 (Superfiltering, arXiv 2402.00530). */
    List<Example> hardest(int count) {
        return all.stream()
                .filter(example -> example.scores().ifdPpl().orElse(1) < 1)
                .sorted(Comparator.comparingDouble(
                        example -> -example.scores().ifdPpl().orElse(0)))
                .limit(count)
                .toList();
    }

    List<Example> random(int count, long seed) {
        List<Example> mixed = new ArrayList<>(all);
        Collections.shuffle(mixed, new Random(seed));
        return mixed.subList(0, Math.min(count, mixed.size()));
    }
}
