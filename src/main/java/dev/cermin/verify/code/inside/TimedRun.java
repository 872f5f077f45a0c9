package dev.cermin.verify.code.inside;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Times {@code static … run()} of a workload's class. The finding's message is the CPU time of all threads
 * in nanoseconds, and in the next lines what came out of it, as a digest and as text.
 */
final class TimedRun {
    private static final String NAME = "Workload";
    private static final int SHOWN = 1000;

    private TimedRun() {}

    static Finding run(ClassLoader loader, Set<String> names) {
        Thread.currentThread().setContextClassLoader(loader);
        Method method;
        try {
            String name = names.stream()
                    .filter(each -> each.equals(NAME) || each.endsWith("." + NAME))
                    .findFirst()
                    .orElseThrow(() -> new ClassNotFoundException(NAME));
            // what the class prepares in its static fields is not timed
            method = Class.forName(name, true, loader).getDeclaredMethod("run");
            method.setAccessible(true);
        } catch (ClassNotFoundException | NoSuchMethodException e) {
            return Finding.unusable("The workload is to have a class Workload with a static method run()");
        } catch (LinkageError | RuntimeException e) {
            return failed(e instanceof ExceptionInInitializerError ? e.getCause() : e);
        }
        try {
            CpuTime start = CpuTime.now();
            Object result = method.invoke(null);
            long took = CpuTime.now().since(start);
            String shown = shown(result);
            return Finding.passed(
                    took + "\n" + digest(shown) + "\n" + shown.substring(0, Math.min(shown.length(), SHOWN)));
        } catch (NullPointerException e) {
            return Finding.unusable("The workload's method run() is to be static");
        } catch (InvocationTargetException e) {
            return failed(e.getCause());
        } catch (ReflectiveOperationException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return failed(e);
        }
    }

    private static Finding failed(@Nullable Throwable thrown) {
        return Finding.failed("The workload fails: "
                + Failures.describe(thrown == null ? new IllegalStateException("no cause is known") : thrown));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Arrays by their elements. */
    private static String shown(@Nullable Object result) {
        String inList = Arrays.deepToString(new @Nullable Object[] {result});
        return inList.substring(1, inList.length() - 1);
    }
}
