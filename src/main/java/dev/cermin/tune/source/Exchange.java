package dev.cermin.tune.source;

/**
 * A question and its answer, as a record has them.
 *
 * @param system stands in front of the instruction, with what parts the two; empty where there is none
 */
record Exchange(String system, String instruction, String input, String output) {
    Exchange {
        if (instruction.isBlank()) {
            throw new BrokenRecordException("the instruction is blank");
        }
    }
}
