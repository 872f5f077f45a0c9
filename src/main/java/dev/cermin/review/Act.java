package dev.cermin.review;

import org.jspecify.annotations.Nullable;

/**
 * Who asks for something to be stored.
 *
 * @param by the name that they are logged in with, up to 200 characters
 * @param request an id of the request, up to 200 characters: with the same one it is done once; null: each time
 */
public record Act(String by, @Nullable String request) {
    private static final int LONGEST = 200;

    /** @throws ReviewException where a text is empty or too long */
    public Act {
        require("by", by);
        if (request != null) {
            require("request", request);
        }
    }

    static void require(String field, String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw ReviewException.invalid(
                    field,
                    "%s has %d characters; 1 to %d are expected, not all of them blank"
                            .formatted(field, text.length(), LONGEST));
        }
    }
}
