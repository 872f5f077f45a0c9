package dev.cermin.tagged;

import java.text.Normalizer;

/**
 * A text as a model may take it, read from any place on: invisible characters are passed over, look-alikes are the ASCII
 * characters that they resemble, and accents are gone.
 */
final class Appearance {
    static final int END = -1;
    /** A letter or digit that resembles none of ASCII. */
    static final int LETTER = -2;
    /** Neither letter nor digit, and like nothing in ASCII that matters. */
    static final int SYMBOL = -3;
    /** Any line break. */
    static final int BREAK = '\n';

    private static final int INVISIBLE = -4;

    // what compatibility decomposition does not bring home: brackets, slashes and bars, then Cyrillic letters, a
    // dotless i
    // and Greek letters
    private static final String ALIKE =
            "\u2039\u27e8\u3008\u2329\u276e\u276c\u203a\u27e9\u3009\u232a\u276f\u276d\u2044\u2215\u29f8\u2223\u01c0\u2581"
                    + "аеорсухіјѕһԁԛԝкАВЕКМНОРСТУХІЈЅԌ"
                    + "\u0131οινκΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
    private static final String OPENING = "\u2039\u27e8\u3008\u2329\u276e\u276c\uff1c\ufe64";

    private static final String ASCII =
            "<<<<<<>>>>>>///||_" + "aeopcyxijshdqwkABEKMHOPCTYXIJSG" + "ioivkABEZHIKMNOPTYX";

    private final String text;
    private final StringBuilder word = new StringBuilder();
    private int at;
    private int size;
    private int now;
    private boolean passedInvisible;

    Appearance(String text) {
        this.text = text;
    }

    void from(int index) {
        at = index;
        settle();
    }

    /** What stands here: an ASCII character, a space for white space, or one of the constants. */
    int now() {
        return now;
    }

    /** Whether something invisible stands just before. */
    boolean passedInvisible() {
        return passedInvisible;
    }

    void next() {
        at += size;
        settle();
    }

    private void settle() {
        size = 0;
        now = END;
        passedInvisible = false;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            now = of(character);
            size = Character.charCount(character);
            if (now != INVISIBLE) {
                return;
            }
            passedInvisible = true;
            at += size;
            size = 0;
            now = END;
        }
    }

    /** Passes over white space and line breaks; whether there was any. */
    boolean spaces() {
        boolean any = false;
        while (now == ' ' || now == BREAK) {
            any = true;
            next();
        }
        return any;
    }

    boolean isWordPart() {
        return now == '_' || isLetterOrDigit();
    }

    boolean isLetterOrDigit() {
        return now == LETTER || (now > 0 && Character.isLetterOrDigit(now));
    }

    /** Passes over letters, digits and underscores, and gives them; only so many that a longer word is known as one. */
    String word(int longest) {
        word.setLength(0);
        while (isWordPart() && word.length() <= longest) {
            word.append(now == LETTER ? '?' : (char) now);
            next();
        }
        return word.toString();
    }

    /** Whether a character opens a tag, in a reader's eyes. */
    static boolean opensAngle(char c) {
        return c == '<' || (c > 0x7f && OPENING.indexOf(c) >= 0);
    }

    static boolean breaksLine(char c) {
        return c <= '\r' ? c >= '\n' : c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    private static int of(int character) {
        if (character < 0x80) {
            return character >= ' ' && character != 0x7f ? character : ascii(character);
        }
        boolean basic = character <= Character.MAX_VALUE;
        if (basic && breaksLine((char) character)) {
            return BREAK;
        }
        int alike = basic ? ALIKE.indexOf(character) : -1;
        if (alike >= 0) {
            return ASCII.charAt(alike);
        }
        if (invisible(character)) {
            return INVISIBLE;
        }
        if (Character.isSpaceChar(character)) {
            return ' ';
        }
        int plain = decomposed(character);
        return plain >= 0 ? plain : Character.isLetterOrDigit(character) ? LETTER : SYMBOL;
    }

    private static int ascii(int control) {
        return control == '\t' ? ' ' : breaksLine((char) control) ? BREAK : INVISIBLE;
    }

    private static boolean invisible(int character) {
        return switch (Character.getType(character)) {
            case Character.FORMAT,
                    Character.CONTROL,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.SURROGATE -> true;
            // fillers and the empty Braille pattern: letters and a symbol by type, blank to the eye
            default ->
                character == 0x115f
                        || character == 0x1160
                        || character == 0x3164
                        || character == 0xffa0
                        || character == 0x2800;
        };
    }

    private static int decomposed(int character) {
        String plain = Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKD);
        int first = plain.charAt(0);
        if (first >= 0x80) {
            return -1;
        }
        for (int i = 1; i < plain.length(); i++) {
            if (Character.getType(plain.charAt(i)) != Character.NON_SPACING_MARK) {
                return -1;
            }
        }
        return first;
    }
}
