package dev.cermin.agent;

import java.util.List;
import java.util.stream.Collectors;

/** Agent or prompt files that can't be used. The message lists every fault, a line each. */
public final class AgentFileException extends RuntimeException {
    private final transient List<Fault> faults;

    /** Agents may share a prompt: a fault of it is told once. */
    public AgentFileException(List<Fault> faults) {
        super(faults.stream().distinct().map(Fault::toString).collect(Collectors.joining(System.lineSeparator())));
        this.faults = faults.stream().distinct().toList();
    }

    public List<Fault> faults() {
        return faults;
    }
}
