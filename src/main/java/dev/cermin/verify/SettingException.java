package dev.cermin.verify;

/** A verifier's setting that can't be used; the message says what was given and what is expected. */
public final class SettingException extends IllegalArgumentException {
    private final String key;

    public SettingException(String key, String message) {
        super(message);
        this.key = key;
    }

    /** The setting, such as {@code pattern}. */
    public String key() {
        return key;
    }
}
