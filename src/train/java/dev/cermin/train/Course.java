package dev.cermin.train;

import dev.cermin.problem.Family;
import dev.cermin.problem.Problem;
import java.util.random.RandomGenerator;

/** What is taught, and how much of each. */
final class Course {
    /** Shares of the families in the sequences, in their order: the harder get more. */
    private static final double[] SHARES = {0.14, 0.28, 0.18, 0.14, 0.26};

    private static final double DRILLS = 0.12;
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
        return kind < WITHOUT_DRAFT + UNREFLECTED ? Sequence.unreflected(problem, draft) : Sequence.of(problem, draft);
    }

    private static Family family(RandomGenerator random) {
        double at = random.nextDouble();
        for (Family family : Family.values()) {
            at -= SHARES[family.ordinal()];
            if (at < 0) {
                return family;
            }
        }
        return Family.PAIR;
    }
}
