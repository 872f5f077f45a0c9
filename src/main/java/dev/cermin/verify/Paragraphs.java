package dev.cermin.verify;

import java.util.ArrayList;
import java.util.List;

/** What blank lines set apart. */
final class Paragraphs {
    private Paragraphs() {}

    /** Each with its lines; none is blank. */
    static List<List<String>> of(String text) {
        List<List<String>> paragraphs = new ArrayList<>();
        boolean within = false;
        for (String line : text.lines().toList()) {
            if (line.isBlank()) {
                within = false;
                continue;
            }
            if (!within) {
                paragraphs.add(new ArrayList<>());
                within = true;
            }
            paragraphs.getLast().add(line);
        }
        return paragraphs;
    }
}
