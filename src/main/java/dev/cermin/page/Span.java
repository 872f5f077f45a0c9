package dev.cermin.page;

/**
 * A piece of a stored text as it is shown; templates escape it.
 *
 * @param kind {@code plain}; {@code control}: a character that isn't seen, by its number; {@code mark}: what a finding
 *     speaks of; {@code hit}: what was searched for; {@code ins}, {@code del}: what came, what went
 * @param text what is shown
 * @param of of a mark the finding's number, of a control character its name; else empty
 */
public record Span(String kind, String text, String of) {
    static Span plain(String text) {
        return new Span("plain", text, "");
    }
}
