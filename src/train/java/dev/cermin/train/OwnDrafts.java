package dev.cermin.train;

import dev.cermin.problem.Family;
import dev.cermin.problem.Problem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the model itself answers at its present state, so that it learns to judge the errors that it really makes. */
final class OwnDrafts {
    /** The share of the sequences that have such a draft, once there are some. */
    private static final double SHARE = 0.6;

    private static final double WRONG = 0.6;

    record Draft(Problem problem, String text) {}

    private volatile Map<Family, Pool> pools = Map.of();

    private record Pool(List<Draft> right, List<Draft> wrong) {}

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
            Pool pool = new Pool(new ArrayList<>(), new ArrayList<>());
            add(pool, asked.subList(0, problems / 2), Roles.drafts(decoder, asked.subList(0, problems / 2), 0, seed));
            add(
                    pool,
                    asked.subList(problems / 2, problems),
                    Roles.drafts(decoder, asked.subList(problems / 2, problems), 0.8, seed));
            fresh.put(family, pool);
        }
        pools = fresh;
    }

    private static void add(Pool pool, List<Problem> asked, List<String> drafts) {
        for (int i = 0; i < asked.size(); i++) {
            Draft draft = new Draft(asked.get(i), drafts.get(i));
            (draft.problem().isSolvedBy(draft.text()) ? pool.right : pool.wrong).add(draft);
        }
    }
}
