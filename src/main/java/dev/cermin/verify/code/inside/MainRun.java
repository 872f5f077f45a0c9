package dev.cermin.verify.code.inside;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs a class of the tests by its main method, which fails the answer by an exception.
 *
 * @param main the class's name
 * @param time that it may take
 */
record MainRun(String main, Duration time) {
    Finding run(ClassLoader loader) {
        Method method;
        try {
            method = Class.forName(main, false, loader).getMethod("main", String[].class);
        } catch (ReflectiveOperationException | LinkageError e) {
            return Finding.unusable("The tests hold no class %s with a method main(String[])".formatted(main));
        }
        AtomicReference<Optional<String>> fault = new AtomicReference<>();
        Thread thread = new Thread(() -> fault.set(Optional.ofNullable(call(method))));
        thread.setContextClassLoader(loader);
        thread.setDaemon(true);
        thread.start();
        try {
            if (!thread.join(time)) {
                return Finding.failed("%s did not end within %d s".formatted(main, time.toSeconds()));
            }
        } catch (InterruptedException e) {
            return Finding.failed(main + " was interrupted");
        }
        // a thread that was ended otherwise than by its own end has set nothing
        if (fault.get() == null) {
            return Finding.failed(main + " did not come to its end");
        }
        return fault.get().map(Finding::failed).orElseGet(() -> Finding.passed(main + " comes to its end"));
    }

    /** What went wrong; null where nothing did. */
    private @Nullable String call(Method method) {
        try {
            method.invoke(null, (Object) new String[0]);
            return null;
        } catch (InvocationTargetException e) {
            return main + " fails: " + Failures.describe(e.getCause() == null ? e : e.getCause());
        } catch (IllegalAccessException | RuntimeException | LinkageError e) {
            return main + " can't be run: " + e;
        }
    }
}
