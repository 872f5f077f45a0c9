package dev.cermin.eval;

/** Is told how far an evaluation is. Called by the threads of the run, one at a time. */
public interface EvaluationListener {
    EvaluationListener NONE = new EvaluationListener() {};

    /**
     * Before the first item.
     *
     * @param asked items to be asked, each by every method
     * @param before those that an earlier run has done
     */
    default void begun(int asked, int before) {}

    /** An item is done by a method. */
    default void done(Item item, Method method, Answered answered) {}
}
