package dev.cermin.eval.report;

/**
 * How well the loop's own acceptance tells right answers from wrong ones.
 *
 * @param acceptedRight the loop ended with it accepted, and it is right
 * @param acceptedWrong a mistake that the loop let through
 * @param openRight right, and the loop ended for another reason
 * @param openWrong neither; failed items are here
 */
public record Acceptance(int acceptedRight, int acceptedWrong, int openRight, int openWrong) {
    public int accepted() {
        return acceptedRight + acceptedWrong;
    }

    public int right() {
        return acceptedRight + openRight;
    }
}
