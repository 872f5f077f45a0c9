package dev.cermin.run;

import dev.cermin.loop.LoopState;
import dev.cermin.loop.StopReason;
import dev.cermin.loop.Usage;
import dev.cermin.model.Model;
import dev.cermin.model.Price;
import dev.cermin.policy.Budget;
import dev.cermin.tool.ToolUse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of one step, and says before each whether it may be made. How long a prompt is in tokens is estimated,
 * a quarter of its characters; what it leaves of the budget caps the reply. Not thread-safe.
 */
final class Meter {
    private static final int CHARACTERS_A_TOKEN = 4;

    private final LoopState state;
    private final Clock clock;
    private final StepContext context;
    private final Instant started;
    private @Nullable Duration took;
    private int calls;
    private long tokensIn;
    private long tokensOut;
    private BigDecimal cost = BigDecimal.ZERO;
    private List<ToolUse> tools = List.of();
    private List<String> notes = List.of();

    /** @param started the step's begin */
    Meter(LoopState state, Clock clock, StepContext context, Instant started) {
        this.state = state;
        this.clock = clock;
        this.context = context;
        this.started = started;
    }

    /** The time since the step began, taken once: a replay of the trace comes to the same usage. */
    Duration took() {
        if (took == null) {
            // by the clock that the begin was read from, so that the times of a trace add up; it may be set back
            // meanwhile
            took = Duration.ofMillis(Math.max(0, clock.millis() - started.toEpochMilli()));
        }
        return took;
    }

    int calls() {
        return calls;
    }

    long tokensIn() {
        return tokensIn;
    }

    long tokensOut() {
        return tokensOut;
    }

    BigDecimal cost() {
        return cost;
    }

    /** The tool calls so far, in order. */
    List<ToolUse> tools() {
        return tools;
    }

    void used(ToolUse tool) {
        List<ToolUse> all = new ArrayList<>(tools);
        all.add(tool);
        tools = all;
    }

    /** What is to be known of how models were chosen, in order. */
    List<String> notes() {
        return notes;
    }

    void note(String text) {
        List<String> all = new ArrayList<>(notes);
        all.add(text);
        notes = all;
    }

    /** The time that is left of the loop; zero or less where none is. */
    Duration left() {
        return Duration.between(clock.instant(), state.deadline());
    }

    /** A call is counted when it is begun: one that fails has been made too. */
    void begun() {
        calls++;
    }

    void answered(Model model, long in, long out) {
        tokensIn += in;
        tokensOut += out;
        BigDecimal price = model.price().of(in, out);
        cost = price.signum() == 0 ? cost : cost.add(price);
    }

    /**
     * How many tokens the next reply may have.
     *
     * @param asked by the agent; null for no limit
     * @return null for no limit
     * @throws CutShortException where the call may not be made
     */
    @Nullable
    Integer guard(Model model, long promptCharacters, @Nullable Integer asked) throws CutShortException {
        // before the first call, the loop itself has looked at these
        if (calls > 0) {
            guardCancel();
            if (!clock.instant().isBefore(state.deadline())) {
                throw new CutShortException(
                        StopReason.DEADLINE, "The deadline, %s, is past".formatted(state.deadline()));
            }
        }
        Budget budget = state.plan().policy().budget();
        if (budget.equals(Budget.UNLIMITED)) {
            return asked;
        }
        Usage before = state.usage();
        long tokens = before.tokens() + tokensIn + tokensOut;
        BigDecimal money = before.cost().add(cost);
        String forbidden = budget.forbids(before.calls() + calls, tokens, money);
        if (forbidden != null) {
            throw new CutShortException(StopReason.BUDGET, forbidden);
        }
        long prompt = tokens(promptCharacters);
        long left = Math.min(leftOfTokens(budget, tokens, prompt), leftOfMoney(budget, money, prompt, model.price()));
        if (left < 1) {
            throw new CutShortException(
                    StopReason.BUDGET,
                    "A call with about %d tokens to read would exceed the budget: %d tokens used, %s spent"
                            .formatted(prompt, tokens, money.toPlainString()));
        }
        return asked != null && asked <= left ? asked : left > Integer.MAX_VALUE ? asked : Integer.valueOf((int) left);
    }

    static long tokens(long characters) {
        return characters / CHARACTERS_A_TOKEN;
    }

    /** @throws CutShortException where somebody cancelled the task */
    void guardCancel() throws CutShortException {
        String by = context.cancelledBy().get();
        if (by != null) {
            throw new CutShortException(StopReason.CANCELLED, "Cancelled by " + by);
        }
    }

    private static long leftOfTokens(Budget budget, long used, long prompt) {
        return budget.tokens() == null ? Long.MAX_VALUE : budget.tokens() - used - prompt;
    }

    private static long leftOfMoney(Budget budget, BigDecimal spent, long prompt, Price price) {
        if (budget.money() == null || price.equals(Price.FREE)) {
            return Long.MAX_VALUE;
        }
        BigDecimal left = budget.money().subtract(spent).subtract(price.of(prompt, 0));
        if (left.signum() <= 0) {
            return 0;
        }
        return price.out().signum() == 0
                ? Long.MAX_VALUE
                : left.movePointRight(6)
                        .divide(price.out(), 0, RoundingMode.FLOOR)
                        .min(BigDecimal.valueOf(Long.MAX_VALUE))
                        .longValue();
    }
}
