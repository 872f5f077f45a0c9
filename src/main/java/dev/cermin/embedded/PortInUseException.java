package dev.cermin.embedded;

/** A port that was asked for by number is taken by another process. */
public final class PortInUseException extends StoresException {
    private final int port;
    private final String purpose;

    PortInUseException(int port, String purpose) {
        super("Port " + port + " of 127.0.0.1, wanted for the embedded " + purpose
                + ", is in use by another process. Stop that process, or give another port; 0 takes any free one.");
        this.port = port;
        this.purpose = purpose;
    }

    /** The port that was asked for. */
    public int port() {
        return port;
    }

    /** What it was wanted for. */
    public String purpose() {
        return purpose;
    }
}
