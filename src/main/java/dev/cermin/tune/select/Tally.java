package dev.cermin.tune.select;

/**
 * How many samples came to what.
 *
 * @param samples that went in
 * @param unscored for which the student has no scores, before or after the teacher; they are dropped
 * @param instructions by the teacher: asked for, usable, taken
 * @param responses the same
 * @param notReplaced dropped, as the second reflection did not replace their response
 * @param ifd dropped, as IFD is not under 1
 * @param rifd dropped, as r-IFD is not under 1
 * @param kept in the final set
 */
public record Tally(
        int samples,
        int unscored,
        Reflected instructions,
        Reflected responses,
        int notReplaced,
        int ifd,
        int rifd,
        int kept) {
    /**
     * @param asked of the teacher
     * @param usable replies
     * @param taken by the student's scores
     */
    public record Reflected(int asked, int usable, int taken) {}
}
