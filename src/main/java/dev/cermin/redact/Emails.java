package dev.cermin.redact;

import java.util.List;

/** E-mail addresses as they are written in practice: no quoted local parts, and a domain with a top level. */
final class Emails implements Finder {
    private static final String NAME = Kind.EMAIL.key();

    @Override
    public void find(String text, List<Span> found) {
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int start = at;
            while (start > 0 && isLocal(text.charAt(start - 1))) {
                start--;
            }
            while (start < at && text.charAt(start) == '.') {
                start++;
            }
            int end = domainEnd(text, at + 1);
            if (start < at && end > 0) {
                found.add(new Span(start, end, NAME));
            }
        }
    }

    private static boolean isLocal(char c) {
        return Character.isLetterOrDigit(c) || "._%+-'".indexOf(c) >= 0;
    }

    /** Where the labels end, the last one of letters; -1 where there is no such domain. */
    private static int domainEnd(String text, int from) {
        int end = -1;
        int label = from;
        int at = from;
        while (at <= text.length()) {
            char c = at < text.length() ? text.charAt(at) : ' ';
            if (Character.isLetterOrDigit(c) || c == '-') {
                at++;
                continue;
            }
            if (at == label) {
                break;
            }
            if (label > from && isTop(text, label, at)) {
                end = at;
            }
            if (c != '.') {
                break;
            }
            at++;
            label = at;
        }
        return end;
    }

    private static boolean isTop(String text, int from, int to) {
        return to - from >= 2
                && Character.isLetter(text.charAt(from))
                && Character.isLetterOrDigit(text.charAt(to - 1));
    }
}
