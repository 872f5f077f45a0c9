package dev.cermin.jmh;

import static org.bsc.langgraph4j.GraphDefinition.END;
import static org.bsc.langgraph4j.GraphDefinition.START;
import static org.bsc.langgraph4j.action.AsyncEdgeAction.edge_async;
import static org.bsc.langgraph4j.action.AsyncNodeAction.node_async;

import dev.langchain4j.model.chat.ChatModel;
import java.util.Map;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.state.AgentState;

/** LangGraph4j: three nodes that make plain calls, and an edge that asks whether the critique accepts. */
final class LangGraphLoop implements Loop {
    private final CompiledGraph<AgentState> graph;

    LangGraphLoop(ChatModel model) {
        try {
            graph = new StateGraph<>(AgentState::new)
                    .addNode(
                            "generate",
                            node_async(state -> Map.of("draft", model.chat(Work.generate(text(state, "input"))))))
                    .addNode(
                            "critique",
                            node_async(state -> Map.of(
                                    "critique", model.chat(Work.critique(text(state, "input"), text(state, "draft"))))))
                    .addNode(
                            "correct",
                            node_async(state -> Map.of(
                                    "draft",
                                    model.chat(Work.correct(
                                            text(state, "input"), text(state, "draft"), text(state, "critique"))))))
                    .addEdge(START, "generate")
                    .addEdge("generate", "critique")
                    .addConditionalEdges(
                            "critique",
                            edge_async(state -> Work.accepts(text(state, "critique")) ? "accept" : "revise"),
                            Map.of("accept", END, "revise", "correct"))
                    .addEdge("correct", "critique")
                    .compile();
        } catch (GraphStateException e) {
            throw new IllegalStateException("The graph is wrong", e);
        }
    }

    @Override
    public String run(String input) {
        return text(graph.invoke(Map.of("input", input)).orElseThrow(), "draft");
    }

    private static String text(AgentState state, String key) {
        return state.<String>value(key).orElseThrow();
    }
}
