package dev.cermin.gateway.mcp;

import dev.cermin.security.Caller;
import dev.cermin.security.Callers;
import dev.cermin.security.Logins;
import dev.cermin.security.Permissions;
import dev.cermin.security.ReadLog;
import io.quarkiverse.mcp.server.JsonRpcErrorCodes;
import io.quarkiverse.mcp.server.McpException;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.util.Set;
import java.util.UUID;

/** What MCP's hosts may do: all of it has one path, so it is looked at here. */
@Singleton
class McpCallers {
    private final Callers callers;
    private final Logins logins;
    private final ReadLog reads;

    McpCallers(Callers callers, Logins logins, ReadLog reads) {
        this.callers = callers;
        this.logins = logins;
        this.reads = reads;
    }

    void maySubmit() {
        require(Permissions.MAY_SUBMIT);
    }

    void mayList() {
        require(Permissions.MAY_LIST);
    }

    /** What can't be logged isn't shown. */
    void reads(UUID task, String uri) {
        if (!logins.required()) {
            return;
        }
        try {
            reads.add(callers.current(), task, "mcp", uri);
        } catch (PersistenceException | IllegalStateException e) {
            throw new McpException(
                    "Postgres can't be written at the moment, and who reads a trace is logged first; ask again later",
                    e,
                    JsonRpcErrorCodes.INTERNAL_ERROR);
        }
    }

    private void require(Set<String> roles) {
        Caller caller = callers.current();
        if (!caller.isAny(roles)) {
            throw new McpException(
                    "'%s' may not: one of the roles %s is needed"
                            .formatted(caller.name(), roles.stream().sorted().toList()),
                    JsonRpcErrorCodes.SECURITY_ERROR);
        }
    }
}
