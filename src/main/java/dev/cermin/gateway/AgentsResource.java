package dev.cermin.gateway;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.verify.VerifierSpec;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The agents that this service knows. */
@Path("/api/agents")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "agents")
public class AgentsResource {
    private final Agents agents;

    AgentsResource(Agents agents) {
        this.agents = agents;
    }

    /** @param hash what traces pin */
    public record AgentSummary(
            String name, String version, String description, Set<String> models, List<String> verifiers, String hash) {
        static AgentSummary of(AgentDefinition agent) {
            return new AgentSummary(
                    agent.name(),
                    agent.version(),
                    agent.description(),
                    agent.modelNames(),
                    agent.verifiers().stream().map(VerifierSpec::name).toList(),
                    agent.hash());
        }
    }

    @GET
    @Operation(summary = "Every agent, by name")
    public List<AgentSummary> all() {
        return agents.all().stream().map(AgentSummary::of).toList();
    }
}
