package dev.cermin.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task of the demo. */
record DemoTask(String family, String agent, String input) {
    /** The mission's own example first, then some that the bundled model gets right, wrong, and right in the end. */
    static final List<DemoTask> ALL = List.of(
            quadratic("2x^2+5x-3=0"),
            quadratic("x^2-5x+6=0"),
            quadratic("x^2+7x+12=0"),
            linear("3x+4=19"),
            linear("5x-7=2x+8"),
            linear("2x+4=3x-2"),
            product("23*17"),
            product("34*12"),
            product("47*38"));

    /** @param agent null: equations for what has an = and an x, else arithmetic */
    static DemoTask of(String input, @Nullable String agent) {
        boolean equation = input.contains("=") && input.contains("x");
        return new DemoTask("yours", agent != null ? agent : equation ? "equations" : "arithmetic", input.strip());
    }

    private static DemoTask quadratic(String input) {
        return new DemoTask("quadratic", "equations", input);
    }

    private static DemoTask linear(String input) {
        return new DemoTask("linear", "equations", input);
    }

    private static DemoTask product(String input) {
        return new DemoTask("product", "arithmetic", input);
    }
}
