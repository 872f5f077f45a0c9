package dev.cermin.verify.ifeval;

import dev.cermin.verify.Verifier;

/** The check {@code punctuation:no_comma}. */
final class Punctuation {
    private Punctuation() {}

    static Verifier noComma() {
        return TextCheck.of("punctuation:no_comma", response -> {
            int first = response.indexOf(',');
            if (first < 0) {
                return Finding.good("No comma is there");
            }
            int count = (int) response.chars().filter(c -> c == ',').count();
            return Finding.bad("%s found, none asked for; the first in %s"
                    .formatted(Texts.count(count, "comma"), Texts.around(response, first, first + 1)));
        });
    }
}
