package dev.cermin.verify.ifeval;

import dev.cermin.verify.SettingException;
import dev.cermin.verify.Verifier;

/** The checks {@code startend:…}. */
final class StartEnd {
    private StartEnd() {}

    static Verifier end(String phrase) {
        String wanted = Texts.strip(phrase);
        if (wanted.isEmpty()) {
            throw new SettingException("end-phrase", "a text is expected, not a blank one");
        }
        String lower = Texts.lower(wanted);
        return TextCheck.of("startend:end_checker", response -> {
            String bare = Texts.strip(Texts.strip(response), '"', true);
            return Texts.lower(bare).endsWith(lower)
                    ? Finding.good("The response ends as asked for")
                    : Finding.bad("The response ends with %s, not with '%s'".formatted(Texts.last(bare), wanted));
        });
    }

    static Verifier quotation() {
        return TextCheck.of("startend:quotation", response -> {
            String bare = Texts.strip(response);
            if (!bare.startsWith("\"")) {
                return Finding.bad("The response starts with no double quotation mark: " + Texts.first(bare));
            }
            return bare.length() > 1 && bare.endsWith("\"")
                    ? Finding.good("The response stands in double quotation marks")
                    : Finding.bad("The response ends with no double quotation mark: " + Texts.last(bare));
        });
    }
}
