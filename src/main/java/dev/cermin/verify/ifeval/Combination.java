package dev.cermin.verify.ifeval;

import dev.cermin.verify.SettingException;
import dev.cermin.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The checks {@code combination:…}. */
final class Combination {
    private static final Pattern DIVIDER = Pattern.compile("******", Pattern.LITERAL);

    private Combination() {}

    static Verifier twoResponses() {
        return TextCheck.of("combination:two_responses", response -> {
            String[] parts = DIVIDER.split(response, -1);
            List<String> responses = new ArrayList<>();
            for (int i = 0; i < parts.length; i++) {
                if (!Texts.isBlank(parts[i])) {
                    responses.add(Texts.strip(parts[i]));
                } else if (i > 0 && i < parts.length - 1) {
                    return Finding.bad("Nothing stands between two of the dividers ******");
                }
            }
            if (responses.size() == 2 && responses.getFirst().equals(responses.getLast())) {
                return Finding.bad("The two responses are the same: " + Texts.first(responses.getFirst()));
            }
            return Finding.exactly(responses.size(), "response", 2).of("Apart by ******");
        });
    }

    static Verifier repeatPrompt(String prompt) {
        String wanted = Texts.lower(Texts.strip(prompt));
        if (wanted.isEmpty()) {
            throw new SettingException("prompt-to-repeat", "a text is expected, not a blank one");
        }
        return TextCheck.of("combination:repeat_prompt", response -> {
            String given = Texts.lower(Texts.strip(response));
            if (given.startsWith(wanted)) {
                return Finding.good("The prompt is repeated first");
            }
            int from = 0;
            while (from < given.length() && given.charAt(from) == wanted.charAt(from)) {
                from++;
            }
            return Finding.bad("The prompt is not repeated word for word at the start: %s is expected, not %s"
                    .formatted(Texts.around(wanted, from, from), Texts.around(given, from, from)));
        });
    }
}
