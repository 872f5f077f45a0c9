package dev.cermin.verify.ifeval;

import dev.cermin.verify.SettingException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions that match what they match in Python: Unicode classes and case, and lines that end in \n alone. */
final class Regex {
    private static final int PYTHON = Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE | Pattern.UNIX_LINES;

    private Regex() {}

    static Pattern of(String regex) {
        return Pattern.compile(regex, PYTHON);
    }

    /** {@code ^} and {@code $} are a line's ends. */
    static Pattern ofLines(String regex) {
        return Pattern.compile(regex, PYTHON | Pattern.MULTILINE);
    }

    static Pattern ofAnyCase(String regex) {
        return Pattern.compile(regex, PYTHON | Pattern.CASE_INSENSITIVE);
    }

    /** A part of a regular expression that a setting gives: it must be one by itself. */
    static String checked(String key, String regex) {
        if (Texts.isBlank(regex)) {
            throw new SettingException(key, "a word or regular expression is expected, not a blank text");
        }
        try {
            of(regex);
        } catch (PatternSyntaxException e) {
            throw new SettingException(
                    key,
                    "'%s' is not a regular expression (a \\ before a special character makes it plain): %s"
                            .formatted(regex, e.getDescription()));
        }
        return regex;
    }

    static int count(Pattern pattern, String text) {
        return Math.toIntExact(pattern.matcher(text).results().count());
    }
}
