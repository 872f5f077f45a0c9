package dev.cermin.model.remote;

import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ReasoningEffortValue;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.azure.core.util.HttpClientOptions;
import com.azure.core.util.UrlBuilder;
import dev.langchain4j.model.azure.AzureOpenAiChatModel;
import dev.langchain4j.model.azure.AzureOpenAiStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import java.net.MalformedURLException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Azure OpenAI: a deployment of a resource of one's own, by key. */
public final class AzureOpenAiProvider extends RemoteProvider {
    public AzureOpenAiProvider() {
        super("azure-openai", "langchain4j-azure-open-ai");
    }

    @Override
    ChatModel chat(Asked asked) {
        return AzureOpenAiChatModel.builder()
                .openAIClient(client(asked).buildClient())
                .defaultRequestParameters(parameters(asked))
                .strictJsonSchema(asked.flag("strict-json-schema", true))
                .reasoningEffort(effort(asked))
                .build();
    }

    @Override
    StreamingChatModel streaming(Asked asked) {
        return AzureOpenAiStreamingChatModel.builder()
                .openAIAsyncClient(client(asked).buildAsyncClient())
                .defaultRequestParameters(parameters(asked))
                .strictJsonSchema(asked.flag("strict-json-schema", true))
                .reasoningEffort(effort(asked))
                .build();
    }

    @Override
    boolean overWire() {
        return false;
    }

    private static ChatRequestParameters parameters(Asked asked) {
        asked.takesSchemas(true);
        String deployment = asked.text("deployment");
        return ChatRequestParameters.builder()
                .modelName(deployment == null ? asked.modelOrFail("the name of your deployment") : deployment)
                .build();
    }

    private static @Nullable ReasoningEffortValue effort(Asked asked) {
        String effort = asked.text("reasoning-effort");
        return effort == null ? null : ReasoningEffortValue.fromString(effort);
    }

    private static OpenAIClientBuilder client(Asked asked) {
        return new OpenAIClientBuilder()
                .endpoint(asked.baseUrlOrFail("https://RESOURCE.openai.azure.com"))
                .pipeline(pipeline(asked));
    }

    /** One of our own: the SDK's would retry, send keys over TLS only, and know no API version younger than itself. */
    private static HttpPipeline pipeline(Asked asked) {
        Duration timeout = asked.timeout();
        HttpClient http = HttpClient.createDefault(new HttpClientOptions()
                .setResponseTimeout(timeout)
                .setReadTimeout(timeout)
                .setWriteTimeout(timeout));
        return new HttpPipelineBuilder()
                .httpClient(http)
                .policies(new OwnPolicy(asked))
                .build();
    }

    @Override
    @Nullable
    Duration retryAfter(Throwable failure) {
        if (!(failure instanceof HttpResponseException answered) || answered.getResponse() == null) {
            return null;
        }
        HttpHeaders headers = answered.getResponse().getHeaders();
        return RetryAfter.of(name -> headers.getValue(HttpHeaderName.fromString(name)), Clock.systemUTC());
    }

    private static final class OwnPolicy extends HttpPipelineSyncPolicy {
        private final HttpHeaders headers = new HttpHeaders();
        private final @Nullable String version;

        OwnPolicy(Asked asked) {
            version = asked.text("api-version");
            headers.set(HttpHeaderName.fromString("api-key"), asked.apiKeyOrFail());
            asked.headers().forEach((name, value) -> headers.set(HttpHeaderName.fromString(name), value));
        }

        @Override
        protected void beforeSendingRequest(HttpPipelineCallContext context) {
            context.getHttpRequest().getHeaders().setAllHttpHeaders(headers);
            if (version != null) {
                var url = UrlBuilder.parse(context.getHttpRequest().getUrl()).setQueryParameter("api-version", version);
                try {
                    context.getHttpRequest().setUrl(url.toUrl());
                } catch (MalformedURLException e) {
                    throw new IllegalStateException("The request's URL is no longer one: " + url, e);
                }
            }
        }

        @Override
        protected HttpResponse afterReceivedResponse(HttpPipelineCallContext context, HttpResponse response) {
            return new AzureResponse(response);
        }
    }
}
