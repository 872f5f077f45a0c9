package dev.cermin.text;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the valid name that was probably meant. */
public final class Names {
    private Names() {}

    /** The end of a message about an unknown name: {@code ; did you mean 'rounds'?}, or nothing where no name is near. */
    public static String hint(String given, Collection<String> known) {
        return nearest(given, known)
                .map(name -> "; did you mean '%s'?".formatted(name))
                .orElse("");
    }

    /**
     * The nearest name, upper and lower case alike; of equally near ones the first by the alphabet. Near is what takes two
     * edits, or one for every three characters, and leaves half of either name.
     */
    public static Optional<String> nearest(String given, Collection<String> known) {
        String meant = given.toLowerCase(Locale.ROOT);
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String name : new TreeSet<>(known)) {
            int longer = Math.max(given.length(), name.length());
            int shorter = Math.min(given.length(), name.length());
            int most = Math.min(Math.max(2, longer / 3), shorter / 2);
            // a length too different needs no table, however long the given text is
            if (longer - shorter <= most) {
                int edits = edits(meant, name.toLowerCase(Locale.ROOT));
                if (edits <= most && edits < least) {
                    nearest = name;
                    least = edits;
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Characters inserted, left out, replaced, or swapped with their neighbour: Damerau's distance, each place edited once. */
    static int edits(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                row[j] = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
