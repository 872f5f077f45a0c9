package dev.cermin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The resident memory of this process and all that it started, shared pages counted once (Linux's PSS). */
final class Memory {
    private Memory() {}

    /** Bytes; empty where the system doesn't tell. */
    static OptionalLong ofStack() {
        ProcessHandle self = ProcessHandle.current();
        // Postgres detaches itself from the child that started it, but stays in this tree through its postmaster file
        LongStream all = Stream.concat(Stream.of(self), self.descendants()).mapToLong(Memory::of);
        long sum = all.sum();
        return sum > 0 ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    private static long of(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // it has ended meanwhile, or this is not Linux
        }
    }
}
