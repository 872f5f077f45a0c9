package dev.cermin.model.remote;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;

/** Makes a {@link Wire} for a library of LangChain4j's. Not thread-safe. */
final class WireBuilder implements HttpClientBuilder {
    private Duration connect = JdkCall.CONNECT;
    private Duration read;

    private WireBuilder(Duration timeout) {
        read = timeout;
    }

    /** Typed as LangChain4j's, so that a class that only hands it on links without that library. */
    static HttpClientBuilder of(Duration timeout) {
        return new WireBuilder(timeout);
    }

    @Override
    public Duration connectTimeout() {
        return connect;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        // theirs is that of the whole call: no host takes so long to answer at all
        connect = timeout.compareTo(JdkCall.CONNECT) < 0 ? timeout : JdkCall.CONNECT;
        return this;
    }

    @Override
    public Duration readTimeout() {
        return read;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        read = timeout;
        return this;
    }

    @Override
    public HttpClient build() {
        return new Wire(
                java.net.http.HttpClient.newBuilder().connectTimeout(connect).build(), read);
    }
}
