package dev.cermin.chat;

/** A conversation that can't be read, or asks for what no agent gives; the message says what is expected. */
public final class ChatFormatException extends IllegalArgumentException {
    private final String field;

    /** @param field of the request, such as {@code messages[1].content} */
    public ChatFormatException(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
