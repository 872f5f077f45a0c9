package dev.cermin.tagged;

/**
 * Text that goes into a prompt as data: tasks, drafts, critiques, results of tools. It can't open or close a tag of
 * ours, edge a data block, or pose as a role or a special token of a chat template. What would is disarmed, and all else
 * stays as it is:
 *
 * <ul>
 *   <li>the {@code <} of a tag of ours or of a special token ({@code <|im_start|>}, {@code <s>}, {@code <<SYS>>},
 *       {@code <start_of_turn>}, {@code <tool_call>} and the like) becomes <code>&amp;lt;</code>;
 *   <li>the {@code [} of {@code [INST]} and the like becomes <code>&amp;#91;</code>. Either is also disarmed at the text's end,
 *       where what follows in the prompt could complete it;
 *   <li>a line gets a {@code \} in front that begins with {@code BEGIN} or {@code END} in capitals, with a role
 *       ({@code System:}, {@code Human:}, {@code User:}, {@code Assistant:}) or with a heading
 *       {@code ### Instruction:}, {@code ### Input:} or {@code ### Response:}. Marks such as {@code **} may stand
 *       before the word. A role in lower case stays: it is a key in many a file.
 * </ul>
 *
 * <p>Case, white space, invisible characters and look-alikes, such as full-width ones, make no difference. HTML entities
 * stay as they are: nobody decodes them. In plain words data can still say what it likes; not to obey it is for the
 * prompt to say.
 */
public final class Untrusted {
    /** Part of no tag, so that it closes none that a line break stands in. */
    static final char ESCAPE = '\\';

    private Untrusted() {}

    /** The text, disarmed; the same object where there is nothing to disarm. Takes time in proportion to the text. */
    public static String asData(String text) {
        int first = next(text, 0, true);
        return first == text.length() ? text : disarmed(text, first);
    }

    /** The next character that wants a closer look; at a line's start most do, behind it few. */
    private static int next(String text, int from, boolean lineStart) {
        int at = from;
        int end = text.length();
        if (lineStart && at < end && !beginsPlainly(text.charAt(at))) {
            return at;
        }
        while (at < end && isPlain(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean beginsPlainly(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    /** Opens nothing and breaks no line. */
    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f && c != '<' && c != '[';
    }

    private static String disarmed(String text, int first) {
        Appearance seen = null;
        StringBuilder safe = null;
        int copied = 0;
        int at = first;
        boolean lineStart = first == 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean angle = Appearance.opensAngle(c);
            boolean square = c == '[' || c == '\uff3b';
            // what begins with one of our tags in lower case begins with no role
            int behind = angle ? Posing.behindOurs(text, at + 1) : -1;
            boolean ours = behind >= 0;
            if (!ours && seen == null && (angle || square || lineStart)) {
                seen = new Appearance(text);
            }
            boolean line = !ours && lineStart && Posing.asLine(seen, at);
            String instead = null;
            if (angle) {
                instead = ours || Posing.asToken(seen, at + 1) ? "&lt;" : null;
            } else if (square) {
                instead = Posing.asInstruction(seen, at + 1) ? "&#91;" : null;
            }
            if (line || instead != null) {
                safe = (safe == null ? new StringBuilder(text.length() + 16) : safe).append(text, copied, at);
                if (line) {
                    safe.append(ESCAPE);
                }
                safe.append(instead == null ? String.valueOf(c) : instead);
                copied = at + 1;
            }
            boolean breaks = Appearance.breaksLine(c);
            int looked = ours ? behind : at + 1;
            at = next(text, looked, breaks);
            lineStart = breaks && at == looked;
        }
        return safe == null ? text : safe.append(text, copied, text.length()).toString();
    }
}
