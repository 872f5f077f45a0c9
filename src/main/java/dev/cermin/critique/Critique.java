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
 * @param warnings what weakens its view: a critic that judges its own model's draft, an answer that was read only after
 *     it was asked for again; default none
 */
public record Critique(
        String critic, Opinion opinion, double score, List<String> issues, String text, List<String> warnings) {

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
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }

    public Critique(String critic, Opinion opinion, double score, List<String> issues, String text) {
        this(critic, opinion, score, issues, text, List.of());
    }

    /** A critique without a say: the model failed, or its text says neither accept nor revise. */
    public static Critique unreadable(String critic, String why, String text) {
        return new Critique(critic, Opinion.UNREADABLE, 0, List.of(why), text);
    }

    /** The same, with these warnings. */
    public Critique warned(List<String> all) {
        return all.isEmpty() ? this : new Critique(critic, opinion, score, issues, text, all);
    }

    public boolean readable() {
        return opinion != Opinion.UNREADABLE;
    }
}
