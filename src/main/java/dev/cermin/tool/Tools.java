package dev.cermin.tool;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Tools by name. Immutable; as thread-safe as the tools themselves. Objects with {@code @Tool} methods need
 * {@code dev.langchain4j:langchain4j} on the class path.
 */
public final class Tools {
    public static final Tools NONE = new Tools(Map.of());

    private final Map<String, Tool> byName;

    /**
     * @param specification what the model is told
     * @param call from arguments as JSON to the result; what it throws is told to the model
     */
    private record Tool(ToolSpecification specification, UnaryOperator<String> call) {}

    private Tools(Map<String, Tool> byName) {
        this.byName = byName;
    }

    /**
     * The {@code @Tool} methods of these objects, inherited ones too. What one returns is told to the model as text.
     *
     * @throws IllegalArgumentException for an object without any, or a name that stands twice
     * @throws IllegalStateException without {@code dev.langchain4j:langchain4j} on the class path
     */
    public static Tools of(Object... objects) {
        Tools tools = NONE;
        for (Object object : objects) {
            tools = tools.with(annotated(object));
        }
        return tools;
    }

    private static Tools annotated(Object object) {
        try {
            return AnnotatedTools.of(object);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "To execute @Tool methods takes dev.langchain4j:langchain4j on the class path, or a library that %s uses: %s"
                            .formatted(object.getClass().getName(), e.getMessage()),
                    e);
        }
    }

    /** One tool from a function: from arguments as JSON to the result. */
    public static Tools of(ToolSpecification specification, UnaryOperator<String> call) {
        return new Tools(Map.of(specification.name(), new Tool(specification, call)));
    }

    /**
     * These and others.
     *
     * @throws IllegalArgumentException for a name that stands twice
     */
    public Tools with(Tools others) {
        Map<String, Tool> all = new TreeMap<>(byName);
        others.byName.forEach((name, tool) -> {
            if (all.put(name, tool) != null) {
                throw new IllegalArgumentException(
                        "There are two tools named '" + name + "'; rename one: @Tool(name = …)");
            }
        });
        return new Tools(all);
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    /** @throws IllegalArgumentException for a name that isn't there; the message lists those that are */
    public List<ToolSpecification> specifications(Collection<String> names) {
        return names.stream().map(this::named).map(Tool::specification).toList();
    }

    /**
     * Executes a call, whatever comes of it: a tool that throws has failed, as has one that isn't there or isn't allowed.
     * An interrupt of the thread stays to be seen.
     */
    public ToolUse execute(ToolExecutionRequest request, Collection<String> allowed) {
        String arguments = request.arguments() == null ? "{}" : request.arguments();
        if (!allowed.contains(request.name()) || !byName.containsKey(request.name())) {
            String why = allowed.isEmpty()
                    ? "There is no tool '%s', nor any other; answer without".formatted(request.name())
                    : "There is no tool '%s'; there are %s".formatted(request.name(), allowed);
            return new ToolUse(request.name(), arguments, why, true);
        }
        try {
            String result = named(request.name()).call().apply(arguments);
            return new ToolUse(request.name(), arguments, result == null ? "" : result, false);
        } catch (RuntimeException | StackOverflowError e) {
            return new ToolUse(request.name(), arguments, "The tool failed: " + why(e), true);
        }
    }

    private static String why(Throwable thrown) {
        String why = null;
        Throwable last = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            last = cause;
            if (cause instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            // an exception around another may have nothing to say
            why = why != null ? why : cause.getMessage();
        }
        return why == null ? last.toString() : why;
    }

    private Tool named(String name) {
        Tool tool = byName.get(name);
        if (tool == null) {
            throw new IllegalArgumentException("There is no tool '%s'; known are %s".formatted(name, names()));
        }
        return tool;
    }
}
