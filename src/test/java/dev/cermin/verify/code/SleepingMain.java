package dev.cermin.verify.code;

import java.time.Duration;

/** An application that is killed while a program of it runs in the sandbox. */
final class SleepingMain {
    private SleepingMain() {}

    public static void main(String... arguments) {
        Sandbox sandbox = Sandbox.here();
        System.out.println("runs");
        sandbox.run(new Program("sleep", arguments[0]), Limits.of(Duration.ofMinutes(5)));
    }
}
