package dev.cermin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** The resident memory of this process and all that it started, shared pages counted once (Linux's PSS). */
final class Memory {
    private Memory() {}

    /**
     * Bytes; empty where the system doesn't tell.
     *
     * @param backend the process of a connection to Postgres: a server that detached itself is found by it
     */
    static OptionalLong ofStack(long backend) {
        Set<ProcessHandle> all = new HashSet<>();
        addTree(ProcessHandle.current(), all);
        ProcessHandle.of(backend).flatMap(ProcessHandle::parent).ifPresent(postmaster -> addTree(postmaster, all));
        long sum = all.stream().mapToLong(Memory::of).sum();
        return sum > 0 ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    /** Bytes resident of one process alone, shared pages included; 0 where it has ended. */
    static long resident(ProcessHandle process) throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return kibibytes(lines, "VmRSS:");
        }
    }

    private static long kibibytes(Stream<String> lines, String name) {
        return lines.filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                .findFirst()
                .orElse(0);
    }

    private static void addTree(ProcessHandle root, Set<ProcessHandle> all) {
        all.add(root);
        root.descendants().forEach(all::add);
    }

    private static long of(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "smaps_rollup"))) {
            return kibibytes(lines, "Pss:");
        } catch (IOException e) {
            return 0; // it has ended meanwhile, or this is not Linux
        }
    }
}
