package dev.cermin.agent;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Agent, prompt or case files that can't be used. The message lists every fault, a line each, by file and line. */
public final class AgentFileException extends RuntimeException {
    private final transient List<Fault> faults;

    /** Agents may share a prompt: a fault of it is told once. */
    public AgentFileException(List<Fault> faults) {
        super(sorted(faults).stream().map(Fault::toString).collect(Collectors.joining(System.lineSeparator())));
        this.faults = sorted(faults);
    }

    /** Sorted by file and line, each once. */
    public List<Fault> faults() {
        return faults;
    }

    private static List<Fault> sorted(List<Fault> faults) {
        return faults.stream()
                .distinct()
                .sorted(Comparator.comparing(Fault::file).thenComparingInt(Fault::line))
                .toList();
    }
}
