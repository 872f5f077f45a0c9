package dev.cermin.eval;

/** Tells what an answer to one item scores: the same for the same answer. Thread-safe. */
@FunctionalInterface
public interface Scorer {
    /** @throws InterruptedException where scoring takes a process of its own, and the thread was interrupted */
    Score score(String answer) throws InterruptedException;
}
