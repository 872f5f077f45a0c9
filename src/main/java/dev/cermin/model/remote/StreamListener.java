package dev.cermin.model.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a library's listener and sees to what each library does differently or not at all: an error sent in
 * mid-stream and an event that can't be read are failures, the first is told, and nothing after it.
 */
final class StreamListener implements ServerSentEventListener {
    private final ServerSentEventListener inner;
    private boolean failed;

    StreamListener(ServerSentEventListener inner) {
        this.inner = inner;
    }

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
        inner.onOpen(response);
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
        if (failed) {
            return;
        }
        StreamedError error = error(event);
        if (error != null) {
            onError(error);
            return;
        }
        try {
            inner.onEvent(event, context);
        } catch (RuntimeException e) {
            onError(new UnreadableException(e));
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (!failed) {
            failed = true;
            inner.onError(failure);
        }
    }

    @Override
    public void onClose() {
        if (!failed) {
            inner.onClose();
        }
    }

    private static @Nullable StreamedError error(ServerSentEvent event) {
        String data = event.data();
        boolean named = "error".equals(event.event());
        // cheap, for it is asked of every token
        if (data == null || !(named || data.startsWith("{\"error\"") || data.startsWith("{ \"error\""))) {
            return null;
        }
        try {
            JsonNode said = Json.read(data, JsonNode.class);
            JsonNode error = said.path("error");
            return named || !(error.isMissingNode() || error.isNull()) ? StreamedError.of(said) : null;
        } catch (JsonException e) {
            return named ? new StreamedError("", data) : null;
        }
    }
}
