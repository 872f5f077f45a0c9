package dev.cermin.cli;

/** What commands end with. Scripts rely on them: none is ever given another meaning. */
final class ExitCodes {
    static final int DONE = 0;
    static final int FAILED = 1;
    /** Something was answered, and it isn't accepted. */
    static final int SHORT = 3;

    static final String HEADING = "%nExit codes:%n";
    static final String DONE_LINE = "0:done";
    static final String FAILED_LINE = "1:failed";
    static final String WRONG_LINE = "2:called wrongly";
    static final String SHORT_LINE = "3:answered, but not accepted by verifiers and critics";

    private ExitCodes() {}
}
