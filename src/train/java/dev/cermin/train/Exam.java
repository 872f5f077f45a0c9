package dev.cermin.train;

import dev.cermin.problem.Family;
import dev.cermin.problem.Family.Split;
import dev.cermin.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Plays the loop with the model alone: its own drafts, its own verdicts, its own corrections, all of them greedy. */
final class Exam {
    static final int ROUNDS = 3;

    private final Decoder decoder;

    Exam(Decoder decoder) {
        this.decoder = decoder;
    }

    /** Problems without repeats, the same for the same seed. */
    static List<Problem> problems(Family family, Split split, int count, long seed) {
        Random random = new Random(seed);
        Map<String, Problem> problems = new LinkedHashMap<>();
        for (int tries = 0; problems.size() < count; tries++) {
            if (tries == 1_000_000) {
                throw new IllegalArgumentException("The split %s of the family %s has fewer than %d problems"
                        .formatted(split, family.key(), count));
            }
            Problem problem = family.any(split, random);
            problems.putIfAbsent(problem.question(), problem);
        }
        return List.copyOf(problems.values());
    }

    /** One family's, after each round, and what the first verdicts were worth. */
    Marks sit(List<Problem> problems) {
        long before = decoder.tokens();
        int count = problems.size();
        List<String> answers = new ArrayList<>(Roles.drafts(decoder, problems, 0, 0));
        long drafted = decoder.tokens() - before;
        List<String> first = List.copyOf(answers);
        boolean[] accepted = new boolean[count];
        int[] right = new int[ROUNDS + 1];
        right[0] = right(problems, answers);
        Marks.Critic critic = null;
        for (int round = 1; round <= ROUNDS; round++) {
            List<Integer> open = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                if (!accepted[i]) {
                    open.add(i);
                }
            }
            List<Problem> asked = open.stream().map(problems::get).toList();
            List<String> drafts = open.stream().map(answers::get).toList();
            List<String> reflections = Roles.reflections(decoder, asked, drafts);
            if (round == 1) {
                critic = Marks.Critic.of(problems, answers, reflections);
            }
            List<Integer> wanting = new ArrayList<>();
            for (int i = 0; i < open.size(); i++) {
                if (isAccepted(reflections.get(i))) {
                    accepted[open.get(i)] = true;
                } else {
                    wanting.add(i);
                }
            }
            List<String> corrected = Roles.corrections(
                    decoder,
                    wanting.stream().map(asked::get).toList(),
                    wanting.stream().map(drafts::get).toList(),
                    wanting.stream().map(reflections::get).toList());
            for (int i = 0; i < wanting.size(); i++) {
                answers.set(open.get(wanting.get(i)), corrected.get(i));
            }
            right[round] = right(problems, answers);
        }
        int broken = 0;
        int repaired = 0;
        for (int i = 0; i < count; i++) {
            boolean was = problems.get(i).isSolvedBy(first.get(i));
            boolean is = problems.get(i).isSolvedBy(answers.get(i));
            broken += was && !is ? 1 : 0;
            repaired += !was && is ? 1 : 0;
        }
        return new Marks(count, right, critic, broken, repaired, drafted, decoder.tokens() - before);
    }

    static boolean isBad(String reflection) {
        return reflection.contains(" bad");
    }

    static boolean isAccepted(String reflection) {
        return !isBad(reflection) && reflection.endsWith(" ok");
    }

    private static int right(List<Problem> problems, List<String> answers) {
        int right = 0;
        for (int i = 0; i < problems.size(); i++) {
            right += problems.get(i).isSolvedBy(answers.get(i)) ? 1 : 0;
        }
        return right;
    }
}
