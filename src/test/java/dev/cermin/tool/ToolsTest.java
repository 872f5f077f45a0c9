package dev.cermin.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.image.Image;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ToolsTest {
    enum Colour {
        RED,
        GREEN
    }

    record Point(int x, int y) {}

    static class Calculator {
        int calls;

        @Tool("Adds two numbers")
        long add(@P("one") long a, @P("other") long b) {
            calls++;
            return Math.addExact(a, b);
        }

        @Tool(name = "reset-it")
        void reset() {
            calls = 0;
        }

        @Tool
        String paint(Colour colour) {
            return colour == Colour.RED ? "painted" : null;
        }

        @Tool
        Point mirror(Point point) {
            return new Point(-point.x(), -point.y());
        }

        @Tool
        Image draw() {
            return Image.builder().url("https://example.org/a.png").build();
        }

        @Tool
        String fail(String how) throws Exception {
            switch (how) {
                case "checked" -> throw new IOException("disk full");
                case "wordless" -> throw new UnsupportedOperationException();
                case "interrupted" -> throw new InterruptedException("stop");
                default -> throw new IllegalStateException("it broke", new IllegalArgumentException("deep down"));
            }
        }
    }

    private final Calculator calculator = new Calculator();
    private final Tools tools = Tools.of(calculator);

    private ToolUse use(String name, String arguments) {
        return tools.execute(
                ToolExecutionRequest.builder().name(name).arguments(arguments).build(), tools.names());
    }

    private static Tools of(String name, UnaryOperator<String> call) {
        return Tools.of(ToolSpecification.builder().name(name).build(), call);
    }

    // --- what there is

    @Test
    void annotatedMethodsAreTools() {
        assertThat(tools.names()).containsExactly("add", "draw", "fail", "mirror", "paint", "reset-it");
        ToolSpecification add = tools.specifications(List.of("add")).getFirst();
        assertThat(add.description()).isEqualTo("Adds two numbers");
        assertThat(add.parameters().properties()).hasSize(2);
    }

    @Test
    void toolsOfSeveralObjectsAndFunctionsAddUp() {
        Tools all = tools.with(of("now", arguments -> "noon")).with(Tools.NONE);

        assertThat(all.names()).hasSize(7).contains("now", "add");
        assertThat(tools.names()).as("immutable").hasSize(6);
        assertThatThrownBy(() -> all.names().add("x")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aNameStandsOnce() {
        assertThatThrownBy(() -> tools.with(of("add", arguments -> "")))
                .hasMessage("There are two tools named 'add'; rename one: @Tool(name = …)");
        assertThatThrownBy(() -> Tools.of(new Calculator(), new Calculator()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anObjectWithoutToolsIsRefused() {
        assertThatThrownBy(() -> Tools.of("a text")).hasMessage("java.lang.String has no method annotated with @Tool");
        assertThatThrownBy(() -> Tools.of(Calculator.class))
                .hasMessage("Tools are methods of an object, not of the class: new Calculator(…)");
    }

    @Test
    void aNameThatIsNotThereIsToldWithThoseThatAre() {
        assertThatThrownBy(() -> tools.specifications(List.of("divide")))
                .hasMessage("There is no tool 'divide'; known are [add, draw, fail, mirror, paint, reset-it]");
    }

    /** As containers do for interceptors: a subclass without the annotations. */
    static class Proxy extends Calculator {
        @Override
        long add(long a, long b) {
            return super.add(a, b) + 1000;
        }
    }

    static class Renamed extends Calculator {
        @Override
        @Tool("Adds, and says so")
        long add(long a, long b) {
            return super.add(a, b);
        }
    }

    @Test
    void inheritedMethodsAreToolsToo() {
        Tools proxied = Tools.of(new Proxy());

        assertThat(proxied.names()).isEqualTo(tools.names());
        ToolUse use = proxied.execute(
                ToolExecutionRequest.builder()
                        .name("add")
                        .arguments("{\"a\": 2, \"b\": 2}")
                        .build(),
                Set.of("add"));
        assertThat(use.result()).as("by the subclass").isEqualTo("1004");
        assertThat(Tools.of(new Renamed())
                        .specifications(List.of("add"))
                        .getFirst()
                        .description())
                .isEqualTo("Adds, and says so");
    }

    // --- what comes of a call

    @Test
    void aResultIsToldAsText() {
        assertThat(use("add", "{\"a\": 2, \"b\": 2}"))
                .isEqualTo(new ToolUse("add", "{\"a\": 2, \"b\": 2}", "4", false));
        assertThat(use("mirror", "{\"point\": {\"x\": 1, \"y\": 2}}").result().replaceAll("\\s", ""))
                .isEqualTo("{\"x\":-1,\"y\":-2}");
        assertThat(use("reset-it", null)).isEqualTo(new ToolUse("reset-it", "{}", "Success", false));
        assertThat(use("paint", "{\"colour\": \"GREEN\"}").result()).as("null").isEmpty();
        assertThat(use("paint", "{\"colour\": \"GREEN\"}").failed()).isFalse();
        assertThat(use("draw", "{}").result()).isEqualTo("(image)");
    }

    @Test
    void aFunctionThatReturnsNullSaysNothing() {
        ToolUse use = of("now", arguments -> null)
                .execute(ToolExecutionRequest.builder().name("now").build(), Set.of("now"));

        assertThat(use).isEqualTo(new ToolUse("now", "{}", "", false));
    }

    @Test
    void whatAToolThrowsIsToldAndRecordedAsFailed() {
        assertThat(use("fail", "{\"how\": \"\"}"))
                .isEqualTo(new ToolUse("fail", "{\"how\": \"\"}", "The tool failed: it broke", true));
        assertThat(use("fail", "{\"how\": \"checked\"}").result()).isEqualTo("The tool failed: disk full");
        assertThat(use("fail", "{\"how\": \"wordless\"}").result())
                .isEqualTo("The tool failed: java.lang.UnsupportedOperationException");
        assertThat(use("add", "{\"a\": 9223372036854775807, \"b\": 1}").failed())
                .isTrue();
        ToolUse deep = of("deep", ToolsTest::recurse)
                .execute(ToolExecutionRequest.builder().name("deep").build(), Set.of("deep"));
        assertThat(deep.result()).isEqualTo("The tool failed: java.lang.StackOverflowError");
    }

    @Test
    void argumentsThatCanNotBeReadAreAFailure() {
        assertThat(use("add", "two and two").failed()).isTrue();
        assertThat(use("add", "{\"a\": \"two\", \"b\": 2}").result()).startsWith("The tool failed: ");
        assertThat(use("paint", "{\"colour\": \"blue\"}").result()).contains("blue");
        assertThat(calculator.calls).isZero();
    }

    @Test
    void aToolThatIsNotThereOrNotAllowedIsAFailure() {
        assertThat(use("divide", "{}").result())
                .isEqualTo("There is no tool 'divide'; there are [add, draw, fail, mirror, paint, reset-it]");
        ToolUse hidden = tools.execute(
                ToolExecutionRequest.builder().name("add").arguments("{}").build(), Set.of("paint"));
        assertThat(hidden).isEqualTo(new ToolUse("add", "{}", "There is no tool 'add'; there are [paint]", true));
        assertThat(tools.execute(ToolExecutionRequest.builder().name("add").build(), Set.of())
                        .result())
                .isEqualTo("There is no tool 'add', nor any other; answer without");
    }

    @Test
    void anInterruptStaysToBeSeen() {
        ToolUse use = use("fail", "{\"how\": \"interrupted\"}");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(use.failed()).isTrue();
    }

    @SuppressWarnings("InfiniteRecursion")
    private static String recurse(String arguments) {
        return recurse(arguments);
    }
}
