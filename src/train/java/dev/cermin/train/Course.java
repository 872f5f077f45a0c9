package dev.cermin.train;

import dev.cermin.problem.Family;
import dev.cermin.problem.Problem;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What is taught, and how much of each. */
final class Course {
    /** Shares of the families in the sequences: the harder get more. */
    private static final Map<Family, Double> SHARES = new EnumMap<>(Map.of(
            Family.LINEAR, 0.14, Family.QUADRATIC, 0.28, Family.PRODUCT, 0.18, Family.TIME, 0.14, Family.PAIR, 0.26));

    private static final double DRILLS = 0.15;
    private static final double UNREFLECTED = 0.05;
    private static final double WITHOUT_DRAFT = 0.03;
    private static final double WRONG = 0.6;

    private final OwnDrafts ownDrafts;

    Course(OwnDrafts ownDrafts) {
        this.ownDrafts = ownDrafts;
    }

    Sequence next(RandomGenerator random) {
        if (random.nextDouble() < DRILLS) {
            return Drill.any(random);
        }
        Family family = family(random);
        double kind = random.nextDouble();
        if (kind < WITHOUT_DRAFT) {
            return Sequence.of(family.any(Family.Split.LEARN, random), "");
        }
        OwnDrafts.Draft own = ownDrafts.any(family, random);
        Problem problem = own == null ? family.any(Family.Split.LEARN, random) : own.problem();
        String draft =
                own != null ? own.text() : random.nextDouble() < WRONG ? problem.nearMiss(random) : problem.answer();
        return kind < WITHOUT_DRAFT + UNREFLECTED
                ? Sequence.unreflected(problem, draft)
                : Sequence.of(problem, draft, !ownDrafts.areGoodEnough(family));
    }

    private static Family family(RandomGenerator random) {
        double at = random.nextDouble();
        for (Map.Entry<Family, Double> share : SHARES.entrySet()) {
            at -= share.getValue();
            if (at < 0) {
                return share.getKey();
            }
        }
        return Family.PAIR;
    }
}
