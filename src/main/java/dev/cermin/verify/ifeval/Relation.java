package dev.cermin.verify.ifeval;

import java.util.Locale;

/** How a count is compared with its limit; IFEval has these two only. */
public enum Relation {
    /** The count is below the limit. */
    LESS_THAN,
    /** The count is the limit or above. */
    AT_LEAST;

    /**
     * As written in IFEval's items and in agent files: {@code less than} or {@code at least}; hyphens and underscores
     * count as spaces.
     *
     * @throws IllegalArgumentException for any other
     */
    public static Relation of(String text) {
        for (Relation relation : values()) {
            if (relation.toString().equals(text.strip().toLowerCase(Locale.ROOT).replaceAll("[-_]", " "))) {
                return relation;
            }
        }
        throw new IllegalArgumentException("'less than' or 'at least' is expected, not '" + text + "'");
    }

    boolean holds(int count, int limit) {
        return this == LESS_THAN ? count < limit : count >= limit;
    }

    /** {@code less than} or {@code at least}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
