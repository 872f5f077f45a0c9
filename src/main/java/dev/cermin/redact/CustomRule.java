package dev.cermin.redact;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;

/** A rule of the application's, by RE2: no regex, however it was written, takes more than linear time. */
final class CustomRule implements Finder {
    private final String name;
    private final Pattern pattern;

    private CustomRule(String name, Pattern pattern) {
        this.name = name;
        this.pattern = pattern;
    }

    static Finder of(String name, String regex) {
        if (!Marks.isName(name)) {
            throw new IllegalArgumentException(
                    "The name of a redaction rule is lower case, digits and single hyphens, at most 40 characters, not '%s'"
                            .formatted(name));
        }
        try {
            return compiled(name, regex);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "Redaction rules of one's own take com.google.re2j:re2j on the class path; missing is "
                            + e.getMessage(),
                    e);
        }
    }

    private static CustomRule compiled(String name, String regex) {
        try {
            return new CustomRule(name, Pattern.compile(regex));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "Redaction rule '%s' is no regex of RE2, which has neither look-around nor back-references: %s"
                            .formatted(name, e.getDescription()),
                    e);
        }
    }

    @Override
    public void find(String text, List<Span> found) {
        Matcher matcher = pattern.matcher(text);
        int group = matcher.groupCount() > 0 ? 1 : 0;
        while (matcher.find()) {
            if (matcher.start(group) >= 0 && matcher.end(group) > matcher.start(group)) {
                found.add(new Span(matcher.start(group), matcher.end(group), name));
            }
        }
    }
}
