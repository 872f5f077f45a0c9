package dev.cermin.eval;

/** How an item was answered. */
public enum Method {
    /** The agent as it is: a draft, then corrections. What it had after its first draft is the single shot. */
    REFLECTION("reflection"),
    /** The best of several first drafts, by the agent's own ranking, for about the tokens of reflection in all. */
    BEST_OF_N("best of n"),
    /** The answer that most of several first drafts give, for about the tokens of reflection in all. */
    SELF_CONSISTENCY("self-consistency");

    private final String label;

    Method(String label) {
        this.label = label;
    }

    /** For a reader. */
    public String label() {
        return label;
    }
}
