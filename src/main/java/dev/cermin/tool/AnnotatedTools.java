package dev.cermin.tool;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import java.lang.reflect.Method;

/** Finds {@code @Tool} methods and has LangChain4j execute them; apart, since only this needs more than its core. */
final class AnnotatedTools {
    private AnnotatedTools() {}

    static Tools of(Object object) {
        Tools tools = Tools.NONE;
        for (Method method : object.getClass().getDeclaredMethods()) {
            if (method.isAnnotationPresent(Tool.class)) {
                tools = tools.with(of(object, method));
            }
        }
        if (tools.names().isEmpty()) {
            throw new IllegalArgumentException("%s has no method annotated with @Tool"
                    .formatted(object.getClass().getName()));
        }
        return tools;
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
        return Tools.of(
                specification,
                arguments -> executor.execute(
                        ToolExecutionRequest.builder()
                                .name(specification.name())
                                .arguments(arguments)
                                .build(),
                        null));
    }
}
