package dev.cermin.run;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.StepResult;
import dev.cermin.loop.StepResult.Failed;
import dev.cermin.loop.StepResult.Verified;
import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.VerifierSpec;
import dev.cermin.verify.VerifierUnavailableException;
import dev.cermin.verify.Verifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Runs an agent's verifiers on the draft in question. Verifiers are made once and kept: a schema is compiled once. */
final class VerifierBench {
    /** Agents come and go over a long time; what they need is made again. */
    private static final int KEPT = 1000;

    private final Verifiers verifiers;
    private final Map<VerifierSpec, Verifier> made = new ConcurrentHashMap<>();

    VerifierBench(Verifiers verifiers) {
        this.verifiers = verifiers;
    }

    StepResult verify(AgentDefinition agent, LoopState state) {
        Answer answer = new Answer(
                state.task().input(),
                state.focused().draft().output(),
                state.task().metadata());
        List<Check> checks = new ArrayList<>(agent.verifiers().size());
        for (VerifierSpec spec : agent.verifiers()) {
            try {
                checks.add(check(spec, answer));
            } catch (VerifierUnavailableException e) {
                // no correction would help
                return new Failed("Verifier '%s' can't judge here: %s".formatted(spec.name(), e.getMessage()));
            } catch (NoClassDefFoundError e) {
                return new Failed("Verifier '%s' needs a library that is not on the class path: %s"
                        .formatted(spec.name(), e.getMessage()));
            }
        }
        return new Verified(checks);
    }

    private Check check(VerifierSpec spec, Answer answer) {
        try {
            return Objects.requireNonNull(verifier(spec).verify(answer), "it returned null");
        } catch (RuntimeException | StackOverflowError e) {
            if (Interrupts.behind(e)) {
                throw new StepInterruptedException(e);
            }
            if (e instanceof VerifierUnavailableException unavailable) {
                throw unavailable;
            }
            // a verifier's own defect must neither pass the draft nor end the loop
            return Check.fail(spec.name(), "The verifier itself failed: " + e);
        }
    }

    private Verifier verifier(VerifierSpec spec) {
        Verifier known = made.get(spec);
        if (known == null) {
            if (made.size() >= KEPT) {
                made.clear();
            }
            known = verifiers.of(spec);
            made.put(spec, known);
        }
        return known;
    }
}
