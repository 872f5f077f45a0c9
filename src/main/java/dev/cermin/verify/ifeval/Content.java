package dev.cermin.verify.ifeval;

import dev.cermin.verify.SettingException;
import dev.cermin.verify.Verifier;
import java.util.regex.Pattern;

/** The checks {@code detectable_content:…}. */
final class Content {
    /** The reference's {@code \[.*?\]}; the rest of a line without {@code ]} is taken at once, not again at each bracket. */
    private static final Pattern PLACEHOLDER = Regex.of("\\[[^\\]\n]*+(\\])?");

    private Content() {}

    static Verifier placeholders(int placeholders) {
        int limit = TextCheck.limit("num-placeholders", placeholders, 0);
        return TextCheck.of("detectable_content:number_placeholders", response -> {
            long count = PLACEHOLDER
                    .matcher(response)
                    .results()
                    .filter(match -> match.end(1) >= 0)
                    .count();
            return Finding.compared(Math.toIntExact(count), "placeholder", Relation.AT_LEAST, limit)
                    .of("In square brackets");
        });
    }

    static Verifier postscript(String marker) {
        String wanted = Texts.strip(marker);
        if (wanted.isEmpty()) {
            throw new SettingException("postscript-marker", "P.S. or P.P.S is expected, not a blank text");
        }
        // the reference's \s* before and .*$ after match always
        Pattern pattern = Regex.ofLines(
                switch (wanted) {
                    case "P.P.S" -> "p\\.\\s?p\\.\\s?s";
                    case "P.S." -> "p\\.\\s?s\\.";
                    default -> Pattern.quote(Texts.lower(wanted));
                });
        return TextCheck.of(
                "detectable_content:postscript",
                response -> pattern.matcher(Texts.lower(response)).find()
                        ? Finding.good("A postscript starts with " + wanted)
                        : Finding.bad("No postscript found that starts with " + wanted));
    }
}
