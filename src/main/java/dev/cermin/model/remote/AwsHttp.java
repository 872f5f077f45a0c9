package dev.cermin.model.remote;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** The JDK's client for AWS's library, so that Bedrock fails, waits and is interrupted like all the others. */
final class AwsHttp implements SdkHttpClient {
    private final HttpClient http = client();
    private final Duration timeout;

    AwsHttp(Duration timeout) {
        this.timeout = timeout;
    }

    static HttpClient client() {
        return HttpClient.newBuilder().connectTimeout(JdkCall.CONNECT).build();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        TimedBody body = TimedBody.whole(System.nanoTime() + timeout.toNanos());
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                HttpResponse<?> response = JdkCall.send(http, jdkRequest(request), timeout, body);
                return HttpExecuteResponse.builder()
                        .response(head(response))
                        .responseBody(AbortableInputStream.create(body, body::close))
                        .build();
            }

            @Override
            public void abort() {
                body.close();
            }
        };
    }

    private static HttpRequest jdkRequest(HttpExecuteRequest request) throws IOException {
        var content = request.contentStreamProvider().orElse(null);
        if (content == null) {
            return jdkRequest(request.httpRequest(), HttpRequest.BodyPublishers.noBody());
        }
        try (var bytes = content.newStream()) {
            return jdkRequest(request.httpRequest(), HttpRequest.BodyPublishers.ofByteArray(bytes.readAllBytes()));
        }
    }

    static HttpRequest jdkRequest(SdkHttpRequest request, HttpRequest.BodyPublisher body) {
        var builder = JdkCall.to(request.getUri()).method(request.method().name(), body);
        request.forEachHeader((name, values) -> {
            if (JdkCall.takesHeader(name)) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        return builder.build();
    }

    static SdkHttpResponse head(HttpResponse<?> response) {
        return SdkHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(response.headers().map())
                .build();
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String clientName() {
        return "Jdk";
    }
}
