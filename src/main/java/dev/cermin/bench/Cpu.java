package dev.cermin.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Processor time used by ourselves, by Kafka where it is our child, and by Postgres, from Linux's {@code /proc}; nothing elsewhere.
 *
 * @param seconds used since each began, by name
 */
record Cpu(Map<String, Double> seconds) {
    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux that Java runs on

    /** @param backend the process of a connection to Postgres, by which its server is found */
    static Cpu now(long backend) {
        Map<String, Double> seconds = new TreeMap<>();
        ProcessHandle self = ProcessHandle.current();
        seconds.put("services", ofProcess(self.pid(), false));
        List<ProcessHandle> children = self.children().toList();
        if (!children.isEmpty()) {
            seconds.put(
                    "Kafka",
                    children.stream()
                            .mapToDouble(child -> ofProcess(child.pid(), false))
                            .sum());
        }
        ProcessHandle.of(backend).flatMap(ProcessHandle::parent).ifPresent(server -> {
            // with its sessions that have ended, and those that have not
            double all = ofProcess(server.pid(), true)
                    + server.children()
                            .mapToDouble(child -> ofProcess(child.pid(), false))
                            .sum();
            seconds.put("Postgres", all);
        });
        return new Cpu(seconds);
    }

    private static double ofProcess(long pid, boolean andEndedChildren) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            // the name, in brackets, may have spaces; utime, stime, cutime, cstime are the 12th to 15th after it
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Stream.of(fields)
                            .skip(11)
                            .limit(andEndedChildren ? 4 : 2)
                            .mapToLong(Long::parseLong)
                            .sum()
                    / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0; // it has ended meanwhile, or this is not Linux
        }
    }

    /** Such as {@code "Kafka 0.35 ms"}, of each. */
    String perLoop(Cpu before, int loops) {
        StringBuilder text = new StringBuilder();
        double sum = 0;
        for (Map.Entry<String, Double> each : seconds.entrySet()) {
            double millis = (each.getValue() - before.seconds().getOrDefault(each.getKey(), 0.0)) * 1000 / loops;
            text.append("%s %.2f, ".formatted(each.getKey(), millis));
            sum += millis;
        }
        return text.append("together %.2f ms".formatted(sum)).toString();
    }
}
