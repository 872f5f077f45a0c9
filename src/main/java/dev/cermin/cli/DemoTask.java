package dev.cermin.cli;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A task of the demo. */
record DemoTask(String family, String agent, String input) {
    private static final Pattern DURATION = Pattern.compile("[0-9]+h[0-9]{2}.*");

    /** The mission's own example first, then some of each family that the bundled model knows. */
    static final List<DemoTask> ALL = List.of(
            new DemoTask("quadratic", "equations", "2x^2+5x-3=0"),
            new DemoTask("quadratic", "equations", "x^2-5x+6=0"),
            new DemoTask("linear", "equations", "3x+4=19"),
            new DemoTask("linear", "equations", "5x-7=2x+8"),
            new DemoTask("system", "equation-systems", "2x+y=9,3x-2y=10"),
            new DemoTask("product", "arithmetic", "23*17"),
            new DemoTask("product", "arithmetic", "47*38"),
            new DemoTask("time", "durations", "3h47*6"),
            new DemoTask("time", "durations", "2h25*8"));

    /** @param agent null: the one for tasks of this form */
    static DemoTask of(String input, @Nullable String agent) {
        String task = input.strip();
        return new DemoTask("yours", agent != null ? agent : agentFor(task), task);
    }

    private static String agentFor(String task) {
        if (task.contains("=") && task.contains("x")) {
            return task.contains("y") ? "equation-systems" : "equations";
        }
        return DURATION.matcher(task).matches() ? "durations" : "arithmetic";
    }
}
