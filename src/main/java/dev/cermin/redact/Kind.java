package dev.cermin.redact;

import java.util.Locale;

/** What comes as a rule. Each is found in time linear in the text. */
public enum Kind {
    /**
     * Keys, tokens and passwords: private key blocks, tokens that their issuers mark by a prefix, JSON web tokens,
     * authorization headers, passwords in URLs, and what is assigned to a name such as {@code api_key} and looks drawn.
     */
    SECRETS,
    /** Numbers of payment cards: 13 to 19 digits of a known network, by the Luhn check of ISO/IEC 7812. */
    CARD,
    /** International bank account numbers of ISO 13616, by country, length and check digits. */
    IBAN,
    /** E-mail addresses. */
    EMAIL,
    /** Telephone numbers in international form, with a plus. */
    PHONE;

    /** As in settings; of all but {@link #SECRETS}, which say what they are, as in marks too. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
