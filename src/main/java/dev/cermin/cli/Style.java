package dev.cermin.cli;

import picocli.CommandLine.Help.Ansi;

/** Colours where the terminal has them; NO_COLOR and pipes get plain text. Text is never read for markup. */
final class Style {
    private Style() {}

    static String bold(String text) {
        return styled(text, "1");
    }

    static String faint(String text) {
        return styled(text, "2");
    }

    static String good(String text) {
        return styled(text, "32");
    }

    static String bad(String text) {
        return styled(text, "31");
    }

    private static String styled(String text, String code) {
        return Ansi.AUTO.enabled() ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }
}
