package dev.cermin.tune.score;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats of a text with places in it. */
final class Templates {
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*(instruction|input)\\s*}}");

    private Templates() {}

    static ChatFormat of(String template) {
        if (PLACE.matcher(template).results().noneMatch(place -> place.group(1).equals("instruction"))) {
            throw new IllegalArgumentException(
                    "The format is '%s'; alpaca, vicuna, wizardlm, own, or a template with {{instruction}} in it is expected"
                            .formatted(template));
        }
        return (instruction, input) -> PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(place.group(1).equals("input") ? input : instruction));
    }
}
