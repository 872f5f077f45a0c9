package dev.cermin.redact;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RedactionPropertiesTest {
    private static final Redaction ALL =
            Redaction.of(Kind.values()).with("word", "forbidden\\w*").with("pair", "<([^>]*)>");

    @Provide
    Arbitrary<String> cards() {
        return Arbitraries.of("4", "51", "37", "6011", "2221", "3530")
                .flatMap(prefix -> Arbitraries.strings()
                        .numeric()
                        .ofLength((prefix.equals("37") ? 14 : 15) - prefix.length())
                        .map(rest -> withCheckDigit(prefix + rest)));
    }

    private static String withCheckDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 1 ? digit : 2 * digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return digits + (10 - sum % 10) % 10;
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> parts = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12),
                Arbitraries.strings().withChars("0123456789 -.,@+:/=[]<>").ofMaxLength(20),
                Arbitraries.of(
                        "[redacted:card]",
                        "[redacted:",
                        "password=",
                        "token: ",
                        "Bearer ",
                        "://u:p@h",
                        "forbidden1",
                        "a.b@c.de",
                        "Zk4Qw9Lx2Nv7Rb1T",
                        "-----BEGIN PRIVATE KEY-----",
                        "-----END PRIVATE KEY-----",
                        "DE89370400440532013000",
                        "+4915112345678"));
        return parts.list().ofMaxSize(12).map(all -> String.join("", all));
    }

    /** Next to other digits, or behind a decimal point, it is another number. */
    @Property(tries = 2000)
    void aCardNumberAnywhereInATextNeverSurvives(
            @ForAll("texts") String before, @ForAll("cards") String card, @ForAll("texts") String after) {
        Assume.that(before.isEmpty() || !endsInNumber(before));
        Assume.that(after.isEmpty() || !Finder.isDigit(after.charAt(0)));

        assertThat(ALL.apply(before + card + after)).doesNotContain(card);
        String grouped = card.length() == 16
                ? card.replaceAll("(.{4})(?=.)", "$1 ")
                : card.substring(0, 4) + "-" + card.substring(4, 10) + "-" + card.substring(10);
        assertThat(ALL.apply(before + grouped + after)).doesNotContain(grouped);
    }

    private static boolean endsInNumber(String text) {
        char last = text.charAt(text.length() - 1);
        boolean decimal =
                (last == '.' || last == ',') && text.length() > 1 && Finder.isDigit(text.charAt(text.length() - 2));
        return Finder.isDigit(last) || decimal || groups(text);
    }

    /** What reads as the first groups of the same number. */
    private static boolean groups(String text) {
        return text.matches("(?s).*\\d[ \\-\\u00A0\\u202F\\u2011]");
    }

    @Property(tries = 2000)
    void whatIsRedactedStaysAsItIs(@ForAll("texts") String text) {
        String once = ALL.apply(text);

        assertThat(ALL.apply(once)).isEqualTo(once);
    }

    @Property(tries = 1000)
    void lettersAloneAreLeftAlone(@ForAll("letters") String text) {
        assertThat(Redaction.of(Kind.values()).apply(text)).isSameAs(text);
    }

    @Provide
    Arbitrary<String> letters() {
        return Arbitraries.strings().alpha().withChars(" .,;!?\n\u00e9\u4e2d").ofMaxLength(300);
    }
}
