package dev.cermin.gateway;

import dev.cermin.search.TraceFilter;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Tells in the OpenAPI document what traces are filtered by: the same for all addresses that filter. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class TraceParameters implements OASFilter {
    private static final List<String> FILTERED = List.of("/api/traces", "/api/traces/statistics", "/api/traces/export");

    private static final Map<String, String> MEANING = Map.ofEntries(
            Map.entry("agent", "An agent's name"),
            Map.entry("version", "The agent's version"),
            Map.entry("model", "A model that was called, by its name"),
            Map.entry("stopReason", "Why the loop ended, as no_progress"),
            Map.entry("accepted", "The verdict at the end"),
            Map.entry("minScore", "The critics' last score at least, 0 to 1"),
            Map.entry("maxScore", "At most"),
            Map.entry("minRounds", "Corrections at least"),
            Map.entry("maxRounds", "At most"),
            Map.entry("minCost", "At least, in the currency of the models' prices"),
            Map.entry("maxCost", "At most"),
            Map.entry("from", "Created then or later: a time, or a day, which begins at midnight UTC"),
            Map.entry("to", "Created before"),
            Map.entry("tenant", "Whose tasks"),
            Map.entry("label", "A reviewer's last label, as wrong"),
            Map.entry("text", "Words in drafts and critiques: all of them, \"a phrase\", or, -without"),
            Map.entry("unfinished", "true: only those that have not ended"));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        for (String path : FILTERED) {
            var get = document.getPaths().getPathItem(path).getGET();
            for (RecordComponent each : TraceFilter.class.getRecordComponents()) {
                get.addParameter(OASFactory.createParameter()
                        .name(each.getName())
                        .in(Parameter.In.QUERY)
                        .description(Objects.requireNonNull(MEANING.get(each.getName()), each.getName()))
                        .schema(OASFactory.createSchema().addType(type(each.getType()))));
            }
        }
    }

    private static Schema.SchemaType type(Class<?> type) {
        if (type == Boolean.class || type == boolean.class) {
            return Schema.SchemaType.BOOLEAN;
        }
        if (type == Integer.class) {
            return Schema.SchemaType.INTEGER;
        }
        return Number.class.isAssignableFrom(type) ? Schema.SchemaType.NUMBER : Schema.SchemaType.STRING;
    }
}
