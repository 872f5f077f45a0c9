package dev.cermin.security;

import dev.cermin.json.Json;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is answered to who may not: a problem (RFC 9457), OpenAI's or MCP's shape, or a page, by what was asked for. */
final class Refusals {
    private static final String JSON = "application/json";

    private Refusals() {}

    /** Whether a person looks at the answer: a page's address, and a browser that asks for a page. */
    static boolean isForBrowser(RoutingContext context) {
        String path = context.normalizedPath();
        String accept = String.valueOf(context.request().getHeader("Accept"));
        return (path.equals("/") || path.equals("/login") || path.equals("/traces") || path.startsWith("/traces/"))
                && (accept.contains("text/html") || accept.equals("null") || accept.contains("*/*"))
                && context.request().getHeader("HX-Request") == null;
    }

    /**
     * @param challenge what it may be asked with; empty for nothing
     * @param type of the body
     */
    record Answer(int status, String challenge, String type, String body) {
        void send(RoutingContext context) {
            HttpServerResponse response =
                    context.response().setStatusCode(status).putHeader("Content-Type", type);
            if (!challenge.isEmpty()) {
                response.putHeader("WWW-Authenticate", challenge);
            }
            if (context.normalizedPath().startsWith("/v1")) {
                response.putHeader("x-should-retry", "false");
            }
            response.end(body);
        }
    }

    static Answer unauthorized(RoutingContext context, Logins logins) {
        boolean browser = isForBrowser(context) && !logins.oidc();
        String how = browser
                ? "This service asks for a login: any name, and a key as the password"
                : "This service asks for a login, as 'Authorization: Bearer KEY%s'"
                        .formatted(logins.oidc() ? "' or '… TOKEN" : "");
        return answer(
                context,
                401,
                browser ? "Basic realm=\"Cermin\", charset=\"UTF-8\"" : "Bearer",
                "Unauthorized",
                how,
                "invalid_api_key");
    }

    static void forbidden(RoutingContext context, String detail) {
        send(context, 403, "Forbidden", detail, "insufficient_permissions");
    }

    static void send(RoutingContext context, int status, String title, String detail, String code) {
        answer(context, status, "", title, detail, code).send(context);
    }

    private static Answer answer(
            RoutingContext context, int status, String challenge, String title, String detail, String code) {
        String path = context.normalizedPath();
        if (path.equals("/v1") || path.startsWith("/v1/")) {
            return new Answer(status, challenge, JSON, Json.text(Map.of("error", error(detail, code))));
        }
        if (path.equals("/mcp") || path.startsWith("/mcp/")) {
            Map<String, Object> error = Map.of("code", -32_000 - status % 100, "message", detail);
            return new Answer(status, challenge, JSON, Json.text(Map.of("jsonrpc", "2.0", "error", error)));
        }
        if (isForBrowser(context)) {
            return new Answer(status, challenge, "text/html;charset=UTF-8", page(status, title, detail));
        }
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("status", status);
        problem.put("title", title);
        problem.put("detail", detail);
        return new Answer(status, challenge, "application/problem+json", Json.text(problem));
    }

    private static Map<String, Object> error(String message, String code) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", message);
        error.put("type", "invalid_request_error");
        error.put("param", null);
        error.put("code", code);
        return error;
    }

    private static String page(int status, String title, String detail) {
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>%s</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <link rel="stylesheet" href="/cermin.css"></head>
                <body><main><h1>%d %s</h1><p>%s</p></main></body></html>
                """.formatted(title, status, title, escaped(detail));
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            safe.append(List.of('<', '>', '&', '"', '\'').contains(each) ? "&#%d;".formatted((int) each) : each);
        }
        return safe.toString();
    }
}
