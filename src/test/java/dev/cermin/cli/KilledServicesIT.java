package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.trace.Chain;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was accepted is neither lost nor done twice, whatever is killed. */
class KilledServicesIT {
    private static final int TASKS = 40;

    @TempDir
    Path home;

    @Test
    void acceptedTasksFinishAfterTheServicesWereKilledTwice() throws Exception {
        List<String> tasks = new ArrayList<>();
        try (Cermin services = Cermin.start(home, "serve", "--port", "0")) {
            services.says("Cermin serves at");
            submit(services, tasks);
            services.kill();
        }
        try (Cermin services = Cermin.start(home, "serve", "--port", "0")) {
            services.says("Cermin serves at");
            submit(services, tasks);
            // everything at once: the application and the stores' own process with it
            List<ProcessHandle> children = services.children();
            services.kill();
            children.forEach(ProcessHandle::destroyForcibly);
        }
        try (Cermin services = Cermin.start(home, "serve", "--port", "0")) {
            services.says("Cermin serves at");
            for (String task : tasks) {
                Awaitility.await()
                        .atMost(Cermin.PATIENCE)
                        .untilAsserted(() -> assertThat(services.trace(task))
                                .extracting(TraceStep::kind)
                                .endsWith(StepKind.FINISH));
                List<TraceStep> trace = services.trace(task);
                assertThat(Chain.verify(trace).problem()).as(task).isEmpty();
                assertThat(trace).extracting(TraceStep::kind).containsOnlyOnce(StepKind.SUBMIT, StepKind.FINISH);
            }
        }
    }

    private static void submit(Cermin services, List<String> tasks) {
        for (int i = 0; i < TASKS / 2; i++) {
            tasks.add(services.submit("arithmetic", (11 + tasks.size()) + "*17"));
        }
    }
}
