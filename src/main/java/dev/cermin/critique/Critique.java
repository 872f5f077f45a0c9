package dev.cermin.critique;

import java.util.List;

/**
 * What one critic thinks of a draft.
 *
 * @param critic its name
 * @param opinion accept, revise, or unreadable: a critic that failed or whose text could not be read has no say
 * @param score in [0, 1]; 0 where unreadable
 * @param issues what it found, in its own words
 * @param text its whole reflection
 */
public record Critique(String critic, Opinion opinion, double score, List<String> issues, String text) {

    public enum Opinion {
        ACCEPT,
        REVISE,
        UNREADABLE
    }

    public Critique {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("A score is in [0, 1], not " + score);
        }
        issues = List.copyOf(issues);
    }

    /** A critique without a say: the model failed, or its text says neither accept nor revise. */
    public static Critique unreadable(String critic, String why, String text) {
        return new Critique(critic, Opinion.UNREADABLE, 0, List.of(why), text);
    }

    public boolean readable() {
        return opinion != Opinion.UNREADABLE;
    }
}
