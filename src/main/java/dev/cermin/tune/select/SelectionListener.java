package dev.cermin.tune.select;

/** Told how far a selection is, by the thread that runs it or, while a teacher is asked, by several in turn. */
public interface SelectionListener {
    SelectionListener NONE = new SelectionListener() {};

    /**
     * A stage begins.
     *
     * @param stage such as {@code teacher on instructions}
     * @param all samples of the stage
     * @param before how many of them an earlier run did
     */
    default void begun(String stage, int all, int before) {}

    /** One more sample of the stage is done, and written down. */
    default void done() {}
}
