package dev.cermin.verify.ifeval;

import dev.cermin.verify.Verifier;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * IFEval's 25 checks of a response. A verifier's name is IFEval's id with hyphens for {@code :} and {@code _}:
 * {@code length_constraints:number_words} is {@code length-constraints-number-words}; agent files name it so, with IFEval's
 * kwargs as settings in the same spelling ({@code num-words: 300}, {@code relation: at least}), and {@code loose: true}
 * for {@link #loose}.
 *
 * <p>An empty response fails every check. Words and splitters that are looked for are regular expressions, as in the
 * reference, with Unicode classes and case; {@code \w} takes in combining marks and leaves out such as {@code ²}, where
 * Python's does the reverse. All verifiers are immutable and thread-safe. What can't be used is a
 * {@link dev.cermin.verify.SettingException} when the verifier is made.
 */
public final class Ifeval {
    private Ifeval() {}

    /**
     * The check of one of IFEval's items.
     *
     * @param instructionId such as {@code keywords:existence}
     * @param kwargs as in the data; those that are null count as not there
     * @throws IllegalArgumentException for an id that isn't IFEval's, and for kwargs that are missing, unknown or unusable
     */
    public static Verifier of(String instructionId, Map<String, ? extends @Nullable Object> kwargs) {
        return IfevalVerifiers.ofItem(instructionId, kwargs);
    }

    /**
     * IFEval's loose reading: passes where any of eight variants of the response passes: as it is, without its first
     * line, without its last, without both, and each of them without asterisks. Has the verifier's name. Where all fail,
     * the result is that of the response as it is.
     */
    public static Verifier loose(Verifier verifier) {
        return new Loose(verifier);
    }

    /** Each keyword is there, in any case. */
    public static Verifier keywordsExistence(List<String> keywords) {
        return Keywords.existence(keywords);
    }

    /** How often a keyword is there, in any case, also within words. */
    public static Verifier keywordsFrequency(String keyword, Relation relation, int frequency) {
        return Keywords.frequency(keyword, relation, frequency);
    }

    /** None of the words is there by itself, in any case. */
    public static Verifier forbiddenWords(List<String> forbiddenWords) {
        return Keywords.forbidden(forbiddenWords);
    }

    /**
     * How often a letter is there, in any case. It may be any character: for IFEval's two items that ask for {@code #}
     * (1122) and {@code !} (1129) the reference draws a letter at random, whereas this counts what they ask for. Scores
     * that are to be compared with others' leave those two out.
     */
    public static Verifier letterFrequency(String letter, Relation relation, int frequency) {
        return Keywords.letters(letter, relation, frequency);
    }

    /**
     * The response is in a language; one in which none can be detected passes. Needs language-detector on the class
     * path: without it, verifying is a {@link NoClassDefFoundError} that names it. Its first use takes a second or so, and
     * from then on 60 MiB. The language of a short text is guesswork, here as in the reference.
     *
     * @param language the ISO 639-1 code, one of 54: {@code en}, {@code hi}; for Chinese also {@code zh-CN} and
     *     {@code zh-TW}
     */
    public static Verifier responseLanguage(String language) {
        return Language.response(language);
    }

    /**
     * How many sentences there are. The reference has NLTK's Punkt model; this has the JDK's
     * {@link java.text.BreakIterator} for English, helped over titles, initials, abbreviations and sentences that start
     * in lower case: now and then it counts one more or less.
     */
    public static Verifier numberSentences(Relation relation, int sentences) {
        return Length.sentences(relation, sentences);
    }

    /** Exactly so many paragraphs, apart by {@code ***}. */
    public static Verifier numberParagraphs(int paragraphs) {
        return Length.paragraphs(paragraphs);
    }

    /** How many words there are: runs of letters, digits and underscores. */
    public static Verifier numberWords(Relation relation, int words) {
        return Length.words(relation, words);
    }

    /**
     * Exactly so many paragraphs, apart by blank lines, of which one starts with a word.
     *
     * @param nth from 1
     * @param firstWord in any case
     */
    public static Verifier nthParagraphFirstWord(int paragraphs, int nth, String firstWord) {
        return Length.nthParagraphFirstWord(paragraphs, nth, firstWord);
    }

    /** At least so many placeholders in square brackets. */
    public static Verifier numberPlaceholders(int placeholders) {
        return Content.placeholders(placeholders);
    }

    /** There is a postscript: {@code P.S.} and {@code P.P.S} also with white space inside, any other marker as it is. */
    public static Verifier postscript(String marker) {
        return Content.postscript(marker);
    }

    /** Exactly so many lines that start with {@code *} or {@code -}. */
    public static Verifier numberBulletLists(int bullets) {
        return Format.bullets(bullets);
    }

    /** {@code My answer is yes.}, {@code My answer is no.} or {@code My answer is maybe.} is there. */
    public static Verifier constrainedResponse() {
        return Format.constrained();
    }

    /** At least so many parts in {@code *asterisks*} or {@code **pairs of them**}. */
    public static Verifier numberHighlightedSections(int highlights) {
        return Format.highlights(highlights);
    }

    /** At least so many sections, each marked by a word and a number: {@code Section 1}. */
    public static Verifier multipleSections(String splitter, int sections) {
        return Format.sections(splitter, sections);
    }

    /** The response is JSON as in RFC 8259, in a Markdown fence or not. */
    public static Verifier jsonFormat() {
        return JsonFormat.check();
    }

    /** There is a title in {@code <<double angular brackets>>}. */
    public static Verifier title() {
        return Format.title();
    }

    /** Two responses that differ, apart by {@code ******}. */
    public static Verifier twoResponses() {
        return Combination.twoResponses();
    }

    /** The response starts with a prompt word for word, in any case. */
    public static Verifier repeatPrompt(String prompt) {
        return Combination.repeatPrompt(prompt);
    }

    /** The response ends with a phrase, in any case. */
    public static Verifier endChecker(String phrase) {
        return StartEnd.end(phrase);
    }

    /** The response stands in double quotation marks. */
    public static Verifier quotation() {
        return StartEnd.quotation();
    }

    /**
     * How many words are all in capitals; {@code A} and {@code I} are. The reference has NLTK's {@code word_tokenize}; this
     * has a regular expression that parts words much as it does: hyphens and slashes don't, {@code IT'S} is two.
     */
    public static Verifier capitalWordFrequency(Relation relation, int words) {
        return LetterCase.capitalWords(relation, words);
    }

    /** English, and all in capitals; the language as in {@link #responseLanguage}, of the text in lower case. */
    public static Verifier englishCapital() {
        return LetterCase.englishCapital();
    }

    /** English, and all in lower case; the language as in {@link #responseLanguage}. */
    public static Verifier englishLowercase() {
        return LetterCase.englishLowercase();
    }

    /** There is no {@code ,}. */
    public static Verifier noComma() {
        return Punctuation.noComma();
    }
}
