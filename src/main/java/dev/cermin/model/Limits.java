package dev.cermin.model;

/**
 * How much of a model may be used at once; 0, the default of each, is without limit. Each process counts for itself, and
 * each replica.
 *
 * @param concurrency calls in flight
 * @param requestsPerMinute calls begun, spread over the minute: after a pause, a tenth of them at once
 * @param tokensPerMinute tokens read and written, as its provider counts them: after a pause, a minute's worth at once, so
 *     that up to twice as many fall into the first minute
 */
public record Limits(int concurrency, int requestsPerMinute, int tokensPerMinute) {
    public static final Limits NONE = new Limits(0, 0, 0);

    public Limits {
        if (concurrency < 0 || requestsPerMinute < 0 || tokensPerMinute < 0) {
            throw new IllegalArgumentException("A limit is 0 (none) or more, not concurrency %d, requests %d, tokens %d"
                    .formatted(concurrency, requestsPerMinute, tokensPerMinute));
        }
    }
}
