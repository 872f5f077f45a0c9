package dev.cermin.verify.code.inside;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes on JUnit's launcher. */
final class TestRun implements TestExecutionListener {
    private final Consumer<String> running;
    private final List<String> failures = new ArrayList<>();
    private @Nullable TestPlan plan;
    private String latest = "The tests";
    private int passed;
    private int failed;

    /** @param running is told each test's name when it starts */
    TestRun(Consumer<String> running) {
        this.running = running;
    }

    Finding run(ClassLoader loader, Set<String> names) {
        Thread.currentThread().setContextClassLoader(loader);
        try {
            List<Class<?>> classes = new ArrayList<>();
            for (String name : names) {
                classes.add(Class.forName(name, false, loader));
            }
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(classes.stream()
                            .map(DiscoverySelectors::selectClass)
                            .toList())
                    .build();
            Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                    .enableTestExecutionListenerAutoRegistration(false)
                    .build());
            launcher.execute(request, this);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException | OutOfMemoryError e) {
            failed++;
            failures.add(latest + ": " + Failures.describe(e) + "; what comes after it did not run");
        }
        int run = passed + failed;
        if (run == 0) {
            return Finding.unusable("The tests hold no JUnit test that runs; a method with @Test is expected");
        }
        return failed == 0
                ? Finding.passed(passed == 1 ? "The test passes" : "All %d tests pass".formatted(passed))
                : Finding.failed("%d of %d tests fail:\n%s".formatted(failed, run, String.join("\n", failures)));
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        this.plan = plan;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.isTest()) {
            latest = name(test);
            running.accept(latest);
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() != Status.SUCCESSFUL) {
            // aborted too: the answer may throw what JUnit aborts a test by; counted before any of its code runs again
            failed++;
            failures.add(name(test) + ": "
                    + result.getThrowable().map(Failures::describe).orElse("was aborted"));
        } else if (test.isTest()) {
            passed++;
        }
    }

    /** Its own display name behind those around it, without the engine's and the class's. */
    private String name(TestIdentifier test) {
        if (plan == null) {
            return test.getDisplayName();
        }
        List<TestIdentifier> path = Stream.iterate(
                        test, step -> step != null, step -> plan.getParent(step).orElse(null))
                .toList();
        return path.reversed().stream()
                .skip(Math.min(2, path.size() - 1))
                .map(TestIdentifier::getDisplayName)
                .collect(Collectors.joining(" > "));
    }
}
