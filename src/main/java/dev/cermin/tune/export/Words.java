package dev.cermin.tune.export;

import java.util.Locale;

/** How the card says figures, wherever it is written. */
final class Words {
    private Words() {}

    static String count(long many) {
        return String.format(Locale.ROOT, "%,d", many);
    }
}
