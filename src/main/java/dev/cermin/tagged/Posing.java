package dev.cermin.tagged;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells whether something in data would pass for what only a prompt may say. Each look stops at the next {@code <}. */
final class Posing {
    private static final Set<String> OURS = Arrays.stream(Part.Kind.values())
            .filter(kind -> kind != Part.Kind.OUTSIDE)
            .map(Part.Kind::word)
            .collect(Collectors.toUnmodifiableSet());

    /** Special tokens of models in wide use that look like tags. */
    private static final Set<String> TOKENS =
            Set.of("s", "bos", "eos", "think", "start_of_turn", "end_of_turn", "tool_call", "tool_response", "tools");

    private static final Set<String> SYSTEM = Set.of("sys");
    private static final Set<String> INSTRUCTIONS =
            Set.of("inst", "system_prompt", "available_tools", "tool_calls", "tool_results", "tool_content");

    private static final Set<String> EDGES = Set.of("BEGIN", "END");
    private static final Set<String> ROLES = Set.of("system", "human", "user", "assistant");
    private static final Set<String> HEADINGS = Set.of("instruction", "instructions", "input", "response");

    private static final int LONGEST = 20;

    private Posing() {}

    /** Where one of our tags ends that is here as it should be, as most are that stand in data; -1 for anything else. */
    static int behindOurs(String text, int from) {
        int word = from < text.length() && text.charAt(from) == '/' ? from + 1 : from;
        if (word >= text.length()) {
            return -1;
        }
        String ours = switch (text.charAt(word)) {
            case 't' -> "thinking>";
            case 'r' -> "reflection>";
            case 'o' -> "output>";
            default -> null;
        };
        return ours != null && text.startsWith(ours, word) ? word + ours.length() : -1;
    }

    /** Whether an angle bracket before this place would open a tag of ours or a special token. */
    static boolean asToken(Appearance seen, int from) {
        seen.from(from);
        seen.spaces();
        return switch (seen.now()) {
            case '|' -> asBars(seen);
            case '<' -> asSystemBrackets(seen);
            default -> asTag(seen);
        };
    }

    /** {@code <|im_start|>}. */
    private static boolean asBars(Appearance seen) {
        seen.next();
        seen.spaces();
        if (!seen.isWordPart()) {
            return seen.now() == Appearance.END;
        }
        while (seen.isWordPart() || seen.now() == '-' || seen.now() == '.' || seen.now() == ':') {
            seen.next();
        }
        seen.spaces();
        if (seen.now() == '|') {
            seen.next();
            seen.spaces();
            return seen.now() == '>' || seen.now() == Appearance.END;
        }
        return seen.now() == Appearance.END;
    }

    /** {@code <<SYS>>}. */
    private static boolean asSystemBrackets(Appearance seen) {
        seen.next();
        slash(seen);
        return isOneOf(SYSTEM, word(seen), seen) && closed(seen, '>');
    }

    private static boolean asTag(Appearance seen) {
        boolean closing = slash(seen);
        String word = word(seen);
        if (isOneOf(OURS, word, seen)) {
            return closing ? "-.:".indexOf(seen.now()) < 0 : opens(seen);
        }
        return isOneOf(TOKENS, word, seen) && closed(seen, '>');
    }

    private static String word(Appearance seen) {
        return seen.word(LONGEST).toLowerCase(Locale.ROOT);
    }

    /** At the end of the text, the beginning of a word will do: what follows may complete it. */
    private static boolean isOneOf(Set<String> words, String word, Appearance seen) {
        return words.contains(word)
                || (seen.now() == Appearance.END && words.stream().anyMatch(whole -> whole.startsWith(word)));
    }

    /** Behind the name: the end of the tag, or an attribute. */
    private static boolean opens(Appearance seen) {
        boolean apart = seen.spaces();
        if (seen.now() == '>' || seen.now() == '/' || seen.now() == Appearance.END) {
            return true;
        }
        if (!apart || seen.word(LONGEST).isEmpty()) {
            return false;
        }
        seen.spaces();
        return seen.now() == '=';
    }

    /** Whether a square bracket before this place would open an instruction: {@code [INST]}. */
    static boolean asInstruction(Appearance seen, int from) {
        seen.from(from);
        slash(seen);
        return isOneOf(INSTRUCTIONS, word(seen), seen) && closed(seen, ']');
    }

    private static boolean slash(Appearance seen) {
        seen.spaces();
        boolean slash = seen.now() == '/';
        if (slash) {
            seen.next();
            seen.spaces();
        }
        return slash;
    }

    private static boolean closed(Appearance seen, char bracket) {
        seen.spaces();
        return seen.now() == bracket || seen.now() == Appearance.END;
    }

    /** Whether the line that begins at this place would edge a data block or speak in a role. */
    static boolean asLine(Appearance seen, int from) {
        seen.from(from);
        while (seen.now() == ' ') {
            seen.next();
        }
        if (seen.now() == Untrusted.ESCAPE) {
            return false;
        }
        boolean heading = false;
        while (!seen.isLetterOrDigit()) {
            if (seen.now() == Appearance.END || seen.now() == Appearance.BREAK) {
                return false;
            }
            heading |= seen.now() == '#';
            seen.next();
        }
        if (!Character.isUpperCase(seen.now())) {
            return false;
        }
        String word = letters(seen);
        if (EDGES.contains(word)) {
            return !seen.isWordPart() || seen.passedInvisible();
        }
        String name = word.toLowerCase(Locale.ROOT);
        return (ROLES.contains(name) || (heading && HEADINGS.contains(name))) && colon(seen);
    }

    private static String letters(Appearance seen) {
        String word = "";
        while (seen.now() > 0 && Character.isLetter(seen.now()) && word.length() <= LONGEST) {
            word += (char) seen.now();
            seen.next();
            if (seen.passedInvisible() && EDGES.contains(word)) {
                // what can't be seen may part two words as well as one
                return word;
            }
        }
        return word;
    }

    private static boolean colon(Appearance seen) {
        while (seen.now() == ' ' || seen.now() == '*' || seen.now() == '_') {
            seen.next();
        }
        return seen.now() == ':';
    }
}
