package dev.cermin.model.remote;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.token.credentials.StaticTokenProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeBaseClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.auth.scheme.BedrockRuntimeAuthSchemeProvider;

/** What {@link BedrockProvider} makes of AWS's library; apart, since the JVM looks for a class's types before it runs. */
final class BedrockModels {
    private BedrockModels() {}

    static ChatModel chat(Asked asked) {
        var client = BedrockRuntimeClient.builder().httpClient(new AwsHttp(asked.timeout()));
        configure(client, asked);
        return BedrockChatModel.builder()
                .client(client.build())
                .defaultRequestParameters(parameters(asked))
                .returnThinking(true)
                .maxRetries(0)
                .build();
    }

    static StreamingChatModel streaming(Asked asked) {
        var client = BedrockRuntimeAsyncClient.builder().httpClient(new AwsAsyncHttp());
        configure(client, asked);
        return BedrockStreamingChatModel.builder()
                .client(new BedrockStreams(client.build()))
                .defaultRequestParameters(parameters(asked))
                .returnThinking(true)
                .build();
    }

    private static ChatRequestParameters parameters(Asked asked) {
        // only some of its models take schemas
        asked.takesSchemas(false);
        return ChatRequestParameters.builder()
                .modelName(asked.modelOrFail("anthropic.claude-sonnet-4-5-20250929-v1:0"))
                .maxOutputTokens(asked.number("max-tokens"))
                .build();
    }

    private static void configure(BedrockRuntimeBaseClientBuilder<?, ?> client, Asked asked) {
        String url = asked.baseUrl();
        if (url != null) {
            client.endpointOverride(URI.create(url));
        }
        String region = asked.text("region");
        if (region != null) {
            client.region(Region.of(region));
        }
        var override = ClientOverrideConfiguration.builder()
                .retryStrategy(RetryMode.STANDARD)
                .retryStrategy(retries -> retries.maxAttempts(1));
        asked.headers().forEach(override::putHeader);
        client.overrideConfiguration(override.build());
        credentials(client, asked);
    }

    private static void credentials(BedrockRuntimeBaseClientBuilder<?, ?> client, Asked asked) {
        String key = asked.apiKey();
        String id = asked.text("access-key-id");
        String secret = asked.text("secret-access-key");
        String session = asked.text("session-token");
        if (key != null) {
            client.tokenProvider(StaticTokenProvider.create(() -> key))
                    .authSchemeProvider(BedrockRuntimeAuthSchemeProvider.defaultProvider(List.of("httpBearerAuth")));
        } else if (id != null && secret != null) {
            AwsCredentials own = session == null
                    ? AwsBasicCredentials.create(id, secret)
                    : AwsSessionCredentials.create(id, secret, session);
            client.credentialsProvider(StaticCredentialsProvider.create(own));
        } else if (id != null || secret != null) {
            throw asked.lacks(
                    "parameters." + (id == null ? "access-key-id" : "secret-access-key"), "one goes with the other");
        }
    }

    static @Nullable Duration retryAfter(Throwable failure) {
        if (!(failure instanceof AwsServiceException answered) || answered.awsErrorDetails() == null) {
            return null;
        }
        var response = answered.awsErrorDetails().sdkHttpResponse();
        return response == null
                ? null
                : RetryAfter.of(name -> response.firstMatchingHeader(name).orElse(null), Clock.systemUTC());
    }
}
