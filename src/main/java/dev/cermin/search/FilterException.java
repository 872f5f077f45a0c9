package dev.cermin.search;

/** A filter that can't be meant: says which parameter, what was given and what is expected. */
public final class FilterException extends IllegalArgumentException {
    private final String parameter;

    FilterException(String parameter, String detail) {
        super(detail);
        this.parameter = parameter;
    }

    /** As in a URL. */
    public String parameter() {
        return parameter;
    }
}
