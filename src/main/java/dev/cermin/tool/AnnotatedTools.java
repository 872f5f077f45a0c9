package dev.cermin.tool;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutionResult;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds {@code @Tool} methods and has LangChain4j execute them; apart, since only this needs more than its core. */
final class AnnotatedTools {
    private AnnotatedTools() {}

    static Tools of(Object object) {
        Tools tools = Tools.NONE;
        // an object that a container has put a subclass around has its methods further up
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Tool.class) && !method.isBridge() && !isOverridden(method, object)) {
                    tools = tools.with(of(object, method));
                }
            }
        }
        if (tools.names().isEmpty()) {
            throw new IllegalArgumentException(
                    object instanceof Class<?> type
                            ? "Tools are methods of an object, not of the class: new %s(…)"
                                    .formatted(type.getSimpleName())
                            : "%s has no method annotated with @Tool"
                                    .formatted(object.getClass().getName()));
        }
        return tools;
    }

    /** Whether a method further down is a tool in its place. */
    private static boolean isOverridden(Method method, Object object) {
        for (Class<?> type = object.getClass(); type != method.getDeclaringClass(); type = type.getSuperclass()) {
            try {
                if (type.getDeclaredMethod(method.getName(), method.getParameterTypes())
                        .isAnnotationPresent(Tool.class)) {
                    return true;
                }
            } catch (NoSuchMethodException e) {
                // further up, then
            }
        }
        return false;
    }

    private static Tools of(Object object, Method method) {
        ToolSpecification specification = ToolSpecifications.toolSpecificationFrom(method);
        DefaultToolExecutor executor = DefaultToolExecutor.builder()
                .object(object)
                .originalMethod(method)
                .methodToInvoke(method)
                .wrapToolArgumentsExceptions(true)
                .propagateToolExecutionExceptions(true)
                .build();
        return Tools.of(specification, arguments -> {
            ToolExecutionRequest request = ToolExecutionRequest.builder()
                    .name(specification.name())
                    .arguments(arguments)
                    .build();
            ToolExecutionResult result = executor.executeWithContext(
                    request, InvocationContext.builder().build());
            if (result.result() == null && method.getReturnType() != void.class) {
                // null says nothing, and a model would take it for a word
                return "";
            }
            return result.resultContents().stream().map(AnnotatedTools::text).collect(Collectors.joining("\n"));
        });
    }

    private static String text(Content content) {
        return content instanceof TextContent text
                ? text.text()
                : "(" + content.type().name().toLowerCase(Locale.ROOT) + ")";
    }
}
