package dev.cermin.critique;

import java.util.ArrayList;
import java.util.List;

/**
 * The outermost JSON objects in a text, whatever stands around them: prose, a code fence. What stands in an object, or
 * in its strings, is never taken for one. Takes time in proportion to the text.
 *
 * @param closed each from brace to brace; whether it is JSON throughout is not looked at
 * @param rest what follows the last one if another begins there and is cut off; else empty
 */
record JsonObjects(List<String> closed, String rest) {
    static JsonObjects in(String text) {
        List<String> closed = new ArrayList<>();
        int at = text.indexOf('{');
        while (at >= 0) {
            int end = at + 1;
            if (opens(text, at)) {
                end = end(text, at);
                if (end < 0) {
                    return new JsonObjects(closed, text.substring(at));
                }
                closed.add(text.substring(at, end));
            }
            at = text.indexOf('{', end);
        }
        return new JsonObjects(closed, "");
    }

    /** A brace before a key; others are prose or code. */
    private static boolean opens(String text, int brace) {
        int at = brace + 1;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() && text.charAt(at) == '"';
    }

    private static int end(String text, int brace) {
        int depth = 0;
        boolean string = false;
        for (int at = brace; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '"' -> string = !string;
                case '\\' -> at += string ? 1 : 0;
                case '{' -> depth += string ? 0 : 1;
                case '}' -> depth -= string ? 0 : 1;
                default -> {}
            }
            if (depth == 0) {
                return at + 1;
            }
        }
        return -1;
    }
}
