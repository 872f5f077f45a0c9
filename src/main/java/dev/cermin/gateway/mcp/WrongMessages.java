package dev.cermin.gateway.mcp;

import dev.cermin.json.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * What is JSON, but no message as MCP has it, is a fault of who sent it: the MCP server would answer with 500, as if it
 * were the service's.
 */
@ApplicationScoped
class WrongMessages {
    private static final Logger LOG = Logger.getLogger(WrongMessages.class);
    private static final int BEFORE_MCP = -100;

    /** JSON-RPC's code for it. */
    private static final int INVALID_REQUEST = -32600;

    void register(@Observes Router router) {
        router.post("/mcp").order(BEFORE_MCP).handler(context -> {
            // neither an object nor a list: it is answered without a word
            context.addHeadersEndHandler(end -> {
                if (context.response().getStatusCode() == 500) {
                    context.response().setStatusCode(400);
                }
            });
            context.next();
        });
        router.post("/mcp").order(BEFORE_MCP).failureHandler(WrongMessages::tell);
    }

    private static void tell(RoutingContext context) {
        Throwable failure = context.failure();
        boolean ofTheMessage = failure instanceof ClassCastException
                || failure instanceof IllegalArgumentException
                || failure instanceof NullPointerException;
        if (!ofTheMessage || context.response().headWritten()) {
            context.next();
            return;
        }
        LOG.debugf("A message over MCP that is none: %s", failure);
        context.response()
                .setStatusCode(400)
                .putHeader("Content-Type", "application/json")
                .end(Json.text(Map.of(
                        "jsonrpc",
                        "2.0",
                        "error",
                        Map.of(
                                "code",
                                INVALID_REQUEST,
                                "message",
                                "The message is not as MCP has it; see its method's params"))));
    }
}
