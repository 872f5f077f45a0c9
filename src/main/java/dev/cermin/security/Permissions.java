package dev.cermin.security;

import static dev.cermin.security.Roles.ADMIN;
import static dev.cermin.security.Roles.AUDITOR;
import static dev.cermin.security.Roles.REVIEWER;
import static dev.cermin.security.Roles.SUBMITTER;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may call what, in one table. What isn't in it isn't answered where a login is configured, and a test fails for an
 * endpoint without a row. {@code docs/security.md} has the same table. Rows are added here, in the order of their paths.
 */
public final class Permissions {
    private static final Set<String> EVERYBODY = Set.of();
    private static final Set<String> ANY = Set.of(SUBMITTER, REVIEWER, AUDITOR, ADMIN);
    private static final Set<String> SUBMITTERS = Set.of(SUBMITTER, ADMIN);
    private static final Set<String> READERS = Set.of(REVIEWER, AUDITOR, ADMIN);
    private static final Set<String> REVIEWERS = Set.of(REVIEWER, ADMIN);
    private static final Set<String> AUDITORS = Set.of(AUDITOR, ADMIN);

    /** Who may run an agent, whichever door they come by: MCP's tools have one path. */
    public static final Set<String> MAY_SUBMIT = SUBMITTERS;

    /** Who may see lists of traces, whichever door they come by: MCP's resources have one path. */
    public static final Set<String> MAY_LIST = READERS;

    public static final List<Permission> ALL = List.of(
            row("GET", "/", ANY),
            row("GET", "/api/agents", ANY),
            row("GET", "/api/reads", AUDITORS),
            row("GET", "/api/reviews/queues", READERS),
            row("GET", "/api/reviews/queues/{name}", READERS),
            row("POST", "/api/reviews/queues/{name}/next", REVIEWERS),
            row("DELETE", "/api/reviews/queues/{name}/tasks/{id}", REVIEWERS),
            row("GET", "/api/tasks", ANY),
            row("POST", "/api/tasks", SUBMITTERS),
            row("GET", "/api/tasks/{id}", ANY),
            row("POST", "/api/tasks/{id}/cancel", SUBMITTERS),
            row("GET", "/api/tasks/{id}/events", ANY, "events"),
            row("GET", "/api/tasks/{id}/outcome", ANY, "outcome"),
            row("GET", "/api/tasks/{id}/trace", ANY, "api"),
            row("GET", "/api/traces", READERS, "search"),
            row("GET", "/api/traces/export", READERS, "export"),
            row("GET", "/api/traces/statistics", READERS),
            row("GET", "/api/traces/{id}", READERS, "api"),
            row("GET", "/api/traces/{id}/steps", READERS, "api"),
            row("GET", "/api/traces/{id}/erasures", READERS),
            row("POST", "/api/traces/{id}/erasures", Set.of(ADMIN)),
            row("GET", "/api/traces/{id}/verification", READERS),
            row("GET", "/api/traces/{id}/forks", ANY),
            row("POST", "/api/traces/{id}/forks", SUBMITTERS, "api"),
            row("PUT", "/api/traces/{id}/assignee", REVIEWERS),
            row("DELETE", "/api/traces/{id}/assignee", REVIEWERS),
            row("POST", "/api/traces/{id}/decision", REVIEWERS),
            row("GET", "/api/traces/{id}/reviews", READERS, "reviews"),
            row("POST", "/api/traces/{id}/reviews", REVIEWERS),
            row("GET", "/cermin.css", EVERYBODY),
            row("GET", "/cermin.js", EVERYBODY),
            row("GET", "/cermin.svg", EVERYBODY),
            row("GET", "/live", READERS),
            row("GET", "/live/events", READERS),
            row("GET", "/login", ANY),
            row("POST", "/logout", EVERYBODY),
            row("*", "/mcp", ANY),
            row("*", "/mcp/**", ANY),
            row("GET", "/q/health/**", EVERYBODY),
            row("GET", "/q/metrics", EVERYBODY),
            row("GET", "/q/openapi", EVERYBODY),
            row("GET", "/reviews", READERS),
            row("GET", "/reviews/{name}", READERS),
            row("POST", "/reviews/{name}/back", REVIEWERS),
            row("POST", "/reviews/{name}/next", REVIEWERS),
            row("GET", "/schemas/**", EVERYBODY),
            row("GET", "/statistics", READERS),
            row("GET", "/traces", READERS, "search"),
            row("GET", "/traces/{id}", READERS, "page"),
            row("POST", "/traces/{id}/assignee", REVIEWERS),
            row("POST", "/traces/{id}/decision", REVIEWERS),
            row("GET", "/traces/{id}/live", READERS, "page"),
            row("POST", "/traces/{id}/review", REVIEWERS),
            row("GET", "/traces/{id}/steps/{number}", READERS, "page"),
            row("POST", "/v1/chat/completions", SUBMITTERS),
            row("GET", "/v1/models", ANY),
            row("GET", "/v1/models/{id}", ANY),
            row("POST", "/v1/responses", SUBMITTERS),
            row("*", "/v1/**", ANY),
            row("GET", "/webjars/**", EVERYBODY));

    private Permissions() {}

    private static Permission row(String method, String path, Set<String> roles) {
        return new Permission(method, path, roles, null);
    }

    private static Permission row(String method, String path, Set<String> roles, String reading) {
        return new Permission(method, path, roles, reading);
    }

    /** The row that says most of a path; empty for what isn't in the table. */
    public static Optional<Permission> of(String method, String path) {
        List<String> segments = Permission.segments(path);
        Permission best = null;
        int most = -1;
        for (Permission row : ALL) {
            int literal = row.match(method, segments);
            if (literal > most) {
                best = row;
                most = literal;
            }
        }
        return Optional.ofNullable(best);
    }
}
