package dev.cermin.redact;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** IBANs, in one go or in groups, by the lengths of ISO 13616's registry and the check digits of ISO 7064, mod 97-10. */
final class Ibans implements Finder {
    private static final String NAME = Kind.IBAN.key();

    private static final String REGISTRY = """
            AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 \
            ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 \
            LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 \
            PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 \
            YE30""";

    private static final Map<String, Integer> LENGTHS = Stream.of(REGISTRY.split(" "))
            .collect(Collectors.toMap(entry -> entry.substring(0, 2), entry -> Integer.valueOf(entry.substring(2))));

    @Override
    public void find(String text, List<Span> found) {
        for (int at = 0; at + 15 <= text.length(); at++) {
            if (Finder.isDigit(text.charAt(at + 2))
                    && Finder.isDigit(text.charAt(at + 3))
                    && Finder.isAsciiLetter(text.charAt(at))
                    && Finder.isAsciiLetter(text.charAt(at + 1))
                    && (at == 0 || !isAlphanumeric(text.charAt(at - 1)))) {
                int end = end(text, at);
                if (end > 0) {
                    found.add(new Span(at, end, NAME));
                    at = end - 1;
                }
            }
        }
    }

    private static int end(String text, int from) {
        String country = text.substring(from, from + 2).toUpperCase(Locale.ROOT);
        Integer length = LENGTHS.get(country);
        if (length == null) {
            return -1;
        }
        StringBuilder iban = new StringBuilder(length);
        int at = from;
        while (iban.length() < length && at < text.length()) {
            char c = text.charAt(at);
            if (isAlphanumeric(c)) {
                iban.append(Character.toUpperCase(c));
            } else if (!parts(c) || parts(text.charAt(at - 1))) {
                return -1;
            }
            at++;
        }
        boolean ends = at == text.length() || !isAlphanumeric(text.charAt(at));
        return iban.length() == length && ends && checks(iban) ? at : -1;
    }

    private static boolean parts(char c) {
        return c == ' ' || c == '-' || c == '\u00A0' || c == '\u202F';
    }

    private static boolean isAlphanumeric(char c) {
        return Finder.isDigit(c) || Finder.isAsciiLetter(c);
    }

    /** Country and check digits last, letters as two digits: the rest by 97 is 1. */
    private static boolean checks(CharSequence iban) {
        int rest = 0;
        for (int i = 0; i < iban.length(); i++) {
            int value = Character.digit(iban.charAt((i + 4) % iban.length()), 36);
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
        }
        return rest == 1;
    }
}
