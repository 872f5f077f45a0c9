package dev.cermin.gateway;

/** A tenant has had as much as it may; the task isn't accepted. */
public final class LimitException extends RuntimeException {
    private final String tenant;
    private final String setting;
    private final long retryAfterSeconds;

    LimitException(String tenant, String setting, long retryAfterSeconds, String message) {
        super(message, null, false, false);
        this.tenant = tenant;
        this.setting = setting;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    String tenant() {
        return tenant;
    }

    /** The setting that says how much it may have. */
    String setting() {
        return setting;
    }

    /** The last part of its name. */
    String limit() {
        return setting.substring(setting.lastIndexOf('.') + 1);
    }

    /** When it may be tried again, 1 or more. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
