package dev.cermin.redact;

import java.util.List;

/** Telephone numbers of E.164, from 8 to 15 digits behind a plus, parted as people do. */
final class Phones implements Finder {
    private static final String NAME = Kind.PHONE.key();
    private static final int LEAST = 8;
    private static final int MOST = 15;

    @Override
    public void find(String text, List<Span> found) {
        for (int plus = text.indexOf('+'); plus >= 0; plus = text.indexOf('+', plus + 1)) {
            boolean sum = plus > 0 && Character.isLetterOrDigit(text.charAt(plus - 1));
            int end = sum ? -1 : end(text, plus + 1);
            if (end > 0) {
                found.add(new Span(plus, end, NAME));
            }
        }
    }

    private static int end(String text, int from) {
        int digits = 0;
        int end = -1;
        int parts = 0;
        for (int at = from; at < text.length() && parts < 3; at++) {
            char c = text.charAt(at);
            if (Finder.isDigit(c)) {
                digits++;
                parts = 0;
                end = at + 1;
            } else if (digits > 0 && " -./()\u00A0".indexOf(c) >= 0) {
                parts++;
            } else {
                break;
            }
            if (digits > MOST) {
                return -1;
            }
        }
        return digits >= LEAST && text.charAt(from) != '0' ? end : -1;
    }
}
