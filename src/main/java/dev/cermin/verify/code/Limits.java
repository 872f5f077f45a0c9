package dev.cermin.verify.code;

import java.time.Duration;

/**
 * What a program in the sandbox may use. Immutable, so thread-safe.
 *
 * @param wallClock from the program's start; setting up the sandbox is not counted
 * @param cpu of each of its processes, in whole seconds, rounded up
 * @param memory bytes: private memory of each process, held by the kernel, and memory of all of them together, looked at
 *     every 25 ms; its files are not in it
 * @param output bytes that it may write to standard output and standard error together
 * @param processes processes and threads at once
 * @param scratch bytes of all its files, which lie in memory
 */
public record Limits(Duration wallClock, Duration cpu, long memory, int output, int processes, long scratch) {
    /** As HumanEval has it for one program: 3 s. */
    public static final Limits PYTHON = of(Duration.ofSeconds(3));
    /** 10 s, with the start of the JVM and the compiler. */
    public static final Limits JAVA = of(Duration.ofSeconds(10));

    private static final long MIB = 1 << 20;

    public Limits {
        require(wallClock.toMillis() >= 1 && cpu.toMillis() >= 1, "times of 1 ms at least", wallClock + ", " + cpu);
        require(memory >= MIB && scratch >= MIB, "1 MiB at least of memory and scratch", memory + ", " + scratch);
        require(output >= 1 && processes >= 1, "1 at least of output and processes", output + ", " + processes);
    }

    /** That much time of either kind, 512 MiB of memory, 64 KiB of output, 64 processes, and 64 MiB of files. */
    public static Limits of(Duration time) {
        return new Limits(time, time, 512 * MIB, 64 << 10, 64, 64 * MIB);
    }

    public Limits withTime(Duration time) {
        return new Limits(time, time, memory, output, processes, scratch);
    }

    public Limits withMemory(long bytes) {
        return new Limits(wallClock, cpu, bytes, output, processes, scratch);
    }

    long cpuSeconds() {
        return cpu.plusMillis(999).toSeconds();
    }

    private static void require(boolean holds, String expected, String given) {
        if (!holds) {
            throw new IllegalArgumentException("As limits, " + expected + " are expected, not " + given);
        }
    }
}
