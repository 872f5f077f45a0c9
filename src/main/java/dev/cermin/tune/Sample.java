package dev.cermin.tune;

import java.util.List;

/**
 * An instruction with its answer.
 *
 * @param id unlike any other of its set
 * @param input what the instruction is about; may be empty
 * @param source where it comes from
 */
public record Sample(String id, String instruction, String input, String output, Source source) {
    /**
     * @param name of the file, or {@code traces}
     * @param line of the file, from 1; 0 where there is none
     * @param traces ids of the tasks whose traces it was made from
     */
    public record Source(String name, int line, List<String> traces) {
        public Source {
            traces = List.copyOf(traces);
        }
    }
}
