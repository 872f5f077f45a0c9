package dev.cermin.eval.suite;

import dev.cermin.agent.Fault;
import java.util.List;
import java.util.stream.Collectors;

/** Files of a suite that can't be used. The message lists every fault, a line each, by file and line. */
public final class SuiteException extends RuntimeException {
    private final transient List<Fault> faults;

    /** @param untold how many more there are than are told */
    SuiteException(List<Fault> faults, int untold) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining(System.lineSeparator()))
                + (untold > 0 ? System.lineSeparator() + "and %d more faults".formatted(untold) : ""));
        this.faults = List.copyOf(faults);
    }

    /** The first ones, in the order of the files. */
    public List<Fault> faults() {
        return faults;
    }
}
