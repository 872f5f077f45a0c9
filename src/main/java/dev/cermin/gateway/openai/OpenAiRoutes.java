package dev.cermin.gateway.openai;

import dev.cermin.agent.Agents;
import dev.cermin.chat.ChatFormatException;
import dev.cermin.config.CerminConfig;
import dev.cermin.json.Json;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jboss.logging.Logger;

/** {@code /v1}: whatever is asked for there, errors have OpenAI's shape. */
@ApplicationScoped
class OpenAiRoutes {
    private static final Logger LOG = Logger.getLogger(OpenAiRoutes.class);
    private static final long MOST_BYTES = 8 << 20;

    private final Agents agents;
    private final ChatCompletions completions;
    private final Responses responses;
    private final Optional<String> key;

    OpenAiRoutes(Agents agents, ChatCompletions completions, Responses responses, CerminConfig config) {
        this.agents = agents;
        this.completions = completions;
        this.responses = responses;
        this.key = config.openai().apiKey();
    }

    @FunctionalInterface
    private interface Handler {
        void handle(Exchange exchange) throws InterruptedException;
    }

    void routes(@Observes Router router) {
        router.get("/v1/models").handler(context -> run(context, list -> list.json(Json.text(ModelList.all(agents)))));
        router.get("/v1/models/:id")
                .handler(context ->
                        run(context, one -> one.json(Json.text(ModelList.one(agents, context.pathParam("id"))))));
        post(router, "/v1/chat/completions", completions::answer);
        post(router, "/v1/responses", responses::answer);
        router.route("/v1/*")
                .handler(context -> run(context, unknown -> {
                    throw OpenAiException.unknownUrl(
                            context.request().method().name(), context.request().path());
                }));
    }

    private void post(Router router, String path, Handler handler) {
        router.route(HttpMethod.POST, path)
                .handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES))
                .handler(context -> run(context, handler))
                .failureHandler(context -> run(context, failed -> {
                    throw context.statusCode() == 413
                            ? OpenAiException.tooLarge("The body has over %d bytes; shorten it".formatted(MOST_BYTES))
                            : OpenAiException.invalid(null, "The body can't be read");
                }));
    }

    /** On a thread that may block for as long as a loop takes. */
    private void run(RoutingContext context, Handler handler) {
        Exchange exchange = new Exchange(context);
        String given = context.request().getHeader("Authorization");
        Thread.ofVirtual().name("cermin-openai").start(() -> {
            try {
                authorize(given == null ? "" : given);
                handler.handle(exchange);
            } catch (OpenAiException e) {
                exchange.error(e);
            } catch (ChatFormatException e) {
                exchange.error(OpenAiException.of(e));
            } catch (InterruptedException | RuntimeException e) {
                LOG.errorf(e, "A request to %s failed", context.request().path());
                exchange.error(OpenAiException.defect());
            }
        });
    }

    private void authorize(String given) {
        if (key.isPresent() && !MessageDigest.isEqual(utf8("Bearer " + key.get()), utf8(given))) {
            throw OpenAiException.unauthorized();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
