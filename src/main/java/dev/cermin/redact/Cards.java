package dev.cermin.redact;

import java.util.List;

/**
 * Card numbers: digits in one go, or in groups that a space or a hyphen parts, as cards show them. What stands behind a
 * decimal point is none.
 */
final class Cards implements Finder {
    private static final String NAME = Kind.CARD.key();
    private static final int SHORTEST = 13;
    private static final int LONGEST = 19;

    /**
     * Who issues numbers that begin so.
     *
     * @param first the lowest prefix
     * @param last the highest, of as many digits
     */
    private record Network(int first, int last, int shortest, int longest) {
        boolean issues(String digits) {
            int prefix =
                    Integer.parseInt(digits.substring(0, Integer.toString(first).length()));
            return prefix >= first && prefix <= last && digits.length() >= shortest && digits.length() <= longest;
        }
    }

    private static final List<Network> NETWORKS = List.of(
            new Network(4, 4, 13, 19),
            new Network(51, 55, 16, 16),
            new Network(2221, 2720, 16, 16),
            new Network(34, 34, 15, 15),
            new Network(37, 37, 15, 15),
            new Network(6011, 6011, 16, 19),
            new Network(644, 659, 16, 19),
            new Network(62, 62, 16, 19),
            new Network(3528, 3589, 16, 19),
            new Network(300, 305, 14, 19),
            new Network(36, 36, 14, 19),
            new Network(38, 39, 14, 19),
            new Network(50, 50, 13, 19),
            new Network(56, 58, 13, 19),
            new Network(63, 63, 13, 19),
            new Network(67, 67, 13, 19),
            new Network(60, 60, 16, 16),
            new Network(81, 82, 16, 16),
            new Network(2200, 2204, 16, 19));

    @Override
    public void find(String text, List<Span> found) {
        int at = 0;
        while (at < text.length()) {
            if (Finder.isDigit(text.charAt(at))) {
                int end = groupEnd(text, at);
                int card = isFraction(text, at) ? -1 : cardEnd(text, at, end);
                if (card > 0) {
                    found.add(new Span(at, card, NAME));
                }
                at = Math.max(end, card);
            } else {
                at++;
            }
        }
    }

    private static int groupEnd(String text, int from) {
        int at = from;
        while (at < text.length() && Finder.isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isFraction(String text, int at) {
        return at > 1
                && (text.charAt(at - 1) == '.' || text.charAt(at - 1) == ',')
                && Finder.isDigit(text.charAt(at - 2));
    }

    /** Where the longest card number that begins with this group ends; -1 where none does. */
    private static int cardEnd(String text, int from, int firstEnd) {
        int first = firstEnd - from;
        if (first > LONGEST || (first < SHORTEST && first != 4 && first != 6)) {
            return -1;
        }
        StringBuilder digits = new StringBuilder(LONGEST).append(text, from, firstEnd);
        int card = isCard(digits) ? firstEnd : -1;
        int end = firstEnd;
        while (end + 1 < text.length() && parts(text.charAt(end)) && Finder.isDigit(text.charAt(end + 1))) {
            int next = end + 1;
            end = groupEnd(text, next);
            if (end - next < 3 || digits.length() + end - next > LONGEST) {
                break;
            }
            digits.append(text, next, end);
            card = isCard(digits) ? end : card;
        }
        return card;
    }

    private static boolean parts(char c) {
        return c == ' ' || c == '-' || c == '\u00A0' || c == '\u202F' || c == '\u2011';
    }

    private static boolean isCard(CharSequence number) {
        if (number.length() < SHORTEST || !luhn(number)) {
            return false;
        }
        String digits = number.toString();
        return NETWORKS.stream().anyMatch(network -> network.issues(digits));
    }

    private static boolean luhn(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : 2 * digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
