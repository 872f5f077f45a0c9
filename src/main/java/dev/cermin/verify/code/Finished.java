package dev.cermin.verify.code;

/**
 * How a program in the sandbox came to its end.
 *
 * @param ending by itself, or by which limit
 * @param status the exit status; 128 and the signal's number where a signal ended it
 * @param output what it wrote to standard output, as UTF-8, up to the limit
 * @param errors what it wrote to standard error, likewise
 */
public record Finished(Ending ending, int status, String output, String errors) {
    /** Whether and why a program was stopped. */
    public enum Ending {
        BY_ITSELF,
        TIME,
        CPU,
        MEMORY,
        OUTPUT
    }

    /** In words, such as {@code it used more than 512 MiB of memory}. */
    public String describe(Limits limits) {
        return switch (ending) {
            case TIME -> "it did not end within " + seconds(limits.wallClock().toMillis());
            case CPU -> "it used more than " + limits.cpuSeconds() + " s of CPU time";
            case MEMORY -> "it used more than " + (limits.memory() >> 20) + " MiB of memory";
            case OUTPUT -> "it printed more than " + (limits.output() >> 10) + " KiB";
            case BY_ITSELF ->
                status > 128 ? "it was killed by signal " + (status - 128) : "it ended with exit status " + status;
        };
    }

    private static String seconds(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
