package dev.cermin.gateway.openai;

import dev.cermin.agent.Agents;
import dev.cermin.chat.ChatFormatException;
import dev.cermin.gateway.ApiKey;
import dev.cermin.gateway.RequestTrace;
import dev.cermin.json.Json;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import org.jboss.logging.Logger;

/** {@code /v1}: whatever is asked for there, errors have OpenAI's shape. */
@ApplicationScoped
class OpenAiRoutes {
    private static final Logger LOG = Logger.getLogger(OpenAiRoutes.class);
    private static final long MOST_BYTES = 8 << 20;

    private final Agents agents;
    private final ChatCompletions completions;
    private final Responses responses;
    private final ApiKey key;
    private final RequestTrace traces;

    OpenAiRoutes(Agents agents, ChatCompletions completions, Responses responses, ApiKey key, RequestTrace traces) {
        this.agents = agents;
        this.completions = completions;
        this.responses = responses;
        this.key = key;
        this.traces = traces;
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
                .handler(context -> run(context, exchange -> {
                    requireJson(context);
                    handler.handle(exchange);
                }))
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
        Thread.ofVirtual().name("cermin-openai").start(traces.carriedOver(context, () -> {
            try {
                if (!key.opens(given == null ? "" : given)) {
                    throw OpenAiException.unauthorized();
                }
                handler.handle(exchange);
            } catch (OpenAiException e) {
                exchange.error(e);
            } catch (ChatFormatException e) {
                exchange.error(OpenAiException.of(e));
            } catch (InterruptedException | RuntimeException | Error e) {
                // whatever it is: the client waits for an answer
                LOG.errorf(e, "A request to %s failed", context.request().path());
                exchange.error(OpenAiException.defect());
            }
        }));
    }

    /** What a page of any site can send without being asked first is no JSON. */
    private static void requireJson(RoutingContext context) {
        String given = context.request().getHeader("Content-Type");
        String type = given == null ? "" : given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals("application/json")) {
            throw OpenAiException.notJson(type);
        }
    }
}
