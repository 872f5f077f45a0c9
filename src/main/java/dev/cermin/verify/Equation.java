package dev.cermin.verify;

import java.util.List;

/** An equation in x, and the roots that an answer states for it. For one answer; not thread-safe. */
interface Equation {
    /**
     * Takes a root down, once.
     *
     * @throws ArithmeticException where the text is no root, but something else or still to be computed
     */
    void state(String root);

    /** Different roots stated. */
    int stated();

    /** What is wrong with the stated roots, in their order. */
    List<String> wrong();

    /** It holds everywhere. */
    boolean identity();

    /** Above the second degree, or with x under a root: how many roots it has is not known. */
    boolean higher();

    /** The number of distinct real roots that an answer must state; 1 where that is not known. */
    int realRoots();
}
