package dev.cermin.tune.source;

/** A question and its answer, as a record has them. */
record Exchange(String instruction, String input, String output) {
    Exchange {
        if (instruction.isBlank()) {
            throw new BrokenRecordException("the instruction is blank");
        }
    }
}
