package dev.cermin.policy;

/**
 * The answer is the best draft so far, whatever came last. With the guard, a correction that breaks a check that passed
 * is set aside too: it stays in the trace, and the next correction starts from the draft before it.
 *
 * @param on default true
 */
public record RegressionGuard(boolean on) implements Rule {
    public static final RegressionGuard ON = new RegressionGuard(true);
    public static final RegressionGuard OFF = new RegressionGuard(false);
}
