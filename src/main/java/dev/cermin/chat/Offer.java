package dev.cermin.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client's tools, and whether the model is to call one.
 *
 * @param choice null where the request leaves it open
 */
record Offer(List<ToolSpecification> tools, @Nullable ToolChoice choice) {

    static Offer read(Fields request) {
        List<ToolSpecification> tools = new ArrayList<>();
        for (Fields tool : request.objects("tools")) {
            tools.add(tool(tool));
        }
        JsonNode choice = request.get("tool_choice");
        if (choice.isObject()) {
            return one(tools, new Fields(choice, "tool_choice"));
        }
        if (tools.isEmpty()) {
            return new Offer(tools, null);
        }
        return switch (choice.asText("")) {
            case "" -> new Offer(tools, null);
            case "auto" -> new Offer(tools, ToolChoice.AUTO);
            case "none" -> new Offer(tools, ToolChoice.NONE);
            case "required" -> new Offer(tools, ToolChoice.REQUIRED);
            default -> throw request.wrong("tool_choice", "auto, none, required, or a function of the tools");
        };
    }

    /** One tool that is to be called: it alone is offered. */
    private static Offer one(List<ToolSpecification> tools, Fields choice) {
        Fields function = choice.object("function");
        String name = function == null ? choice.required("name") : function.required("name");
        List<ToolSpecification> named =
                tools.stream().filter(tool -> tool.name().equals(name)).toList();
        if (named.isEmpty()) {
            throw new ChatFormatException(
                    "tool_choice",
                    "There is no tool '%s'; the request's are %s"
                            .formatted(
                                    name,
                                    tools.stream().map(ToolSpecification::name).toList()));
        }
        return new Offer(named, ToolChoice.REQUIRED);
    }

    private static ToolSpecification tool(Fields tool) {
        String type = tool.required("type");
        Fields function = tool.object("function");
        if (!type.equals("function") || function == null) {
            throw new ChatFormatException(
                    tool.path(),
                    "A function is expected at '%s'; tools of type '%s' are not called here"
                            .formatted(tool.path(), type));
        }
        String name = function.required("name");
        ObjectNode told = function.node().deepCopy();
        if (told.path("parameters") instanceof ObjectNode parameters) {
            told.set("parameters", ToolSchema.of(parameters));
        }
        try {
            return ToolSpecification.fromJson(told.toString());
        } catch (RuntimeException e) {
            throw new ChatFormatException(
                    function.at("parameters"),
                    "The parameters of tool '%s' are no JSON Schema that can be passed on: %s"
                            .formatted(name, e.getMessage()));
        }
    }
}
