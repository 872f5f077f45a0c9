package dev.cermin.train;

import dev.cermin.problem.Family;
import dev.cermin.problem.Problem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the model itself answers at its present state, so that it learns to judge the errors that it really makes. */
final class OwnDrafts {
    /** The share of the sequences that have such a draft, once there are some. */
    private static final double SHARE = 0.6;

    private static final double WRONG = 0.6;
    /** A family that the model solves so often at once isn't drilled in it further: it is to be a model that reflects. */
    private static final double GOOD_ENOUGH = 0.5;

    record Draft(Problem problem, String text) {
        boolean isRight() {
            return problem.isSolvedBy(text);
        }
    }

    private volatile Map<Family, Pool> pools = Map.of();

    private record Pool(List<Draft> right, List<Draft> wrong, boolean goodEnough) {}

    boolean areGoodEnough(Family family) {
        Pool pool = pools.get(family);
        return pool != null && pool.goodEnough;
    }

    /** Null where a made-up draft is to be taken. */
    @Nullable
    Draft any(Family family, RandomGenerator random) {
        Pool pool = pools.get(family);
        if (pool == null || random.nextDouble() >= SHARE) {
            return null;
        }
        List<Draft> some = random.nextDouble() < WRONG ? pool.wrong : pool.right;
        return some.isEmpty() ? null : some.get(random.nextInt(some.size()));
    }

    /** Draws new ones: half of them the likeliest answers, half of them others. */
    void refresh(Decoder decoder, int problems, long seed) {
        RandomGenerator random = new java.util.Random(seed);
        Map<Family, Pool> fresh = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            List<Problem> asked = new ArrayList<>();
            for (int i = 0; i < problems; i++) {
                asked.add(family.any(Family.Split.LEARN, random));
            }
            int half = problems / 2;
            List<Draft> likeliest = drafts(decoder, asked.subList(0, half), 0, seed);
            List<Draft> others = drafts(decoder, asked.subList(half, problems), 0.8, seed);
            long solved = likeliest.stream().filter(Draft::isRight).count();
            Map<Boolean, List<Draft>> byRight = Stream.concat(likeliest.stream(), others.stream())
                    .collect(Collectors.partitioningBy(Draft::isRight));
            fresh.put(
                    family,
                    new Pool(
                            byRight.getOrDefault(true, List.of()),
                            byRight.getOrDefault(false, List.of()),
                            solved > GOOD_ENOUGH * half));
        }
        pools = fresh;
    }

    private static List<Draft> drafts(Decoder decoder, List<Problem> asked, double temperature, long seed) {
        List<String> texts = Roles.drafts(decoder, asked, temperature, seed);
        return IntStream.range(0, asked.size())
                .mapToObj(i -> new Draft(asked.get(i), texts.get(i)))
                .toList();
    }
}
