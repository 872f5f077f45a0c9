package dev.cermin.gateway;

import dev.cermin.search.FilterException;
import dev.cermin.search.TraceFilter;
import dev.cermin.security.Caller;
import dev.cermin.security.OtherTenantException;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.Map;

/** The query of an address, read as a filter of traces. What is wrong with it is a 400 that names the parameter. */
final class FilterQuery {
    private FilterQuery() {}

    /** To be changed by whoever asks. */
    static Map<String, String> parameters(UriInfo uri) {
        Map<String, String> parameters = new LinkedHashMap<>();
        uri.getQueryParameters().forEach((name, values) -> {
            if (values.size() > 1) {
                throw Problems.invalid(name, "%s is given %d times; once is expected".formatted(name, values.size()));
            }
            parameters.put(name, values.getFirst());
        });
        return parameters;
    }

    /** Of the caller's own tenant, where it has one; no other's row is seen in any case. */
    static TraceFilter filter(Map<String, String> parameters, Caller caller) {
        try {
            TraceFilter filter = TraceFilter.of(parameters);
            return caller.tenant() == null ? filter : filter.ofTenant(caller.actsFor(filter.tenant(), caller.tenant()));
        } catch (FilterException e) {
            throw Problems.invalid(e.parameter(), String.valueOf(e.getMessage()));
        } catch (OtherTenantException e) {
            throw Problems.otherTenant(e);
        }
    }
}
