package dev.cermin.jmh;

/**
 * One loop in a JVM that has run none. Prints two numbers: nanoseconds from the first line of main to the answer, and
 * the time of day then, in milliseconds since 1970.
 */
final class ColdStart {
    private ColdStart() {}

    public static void main(String... args) {
        long begun = System.nanoTime();
        String answer = new CerminLoop(new InstantModel(new Calls())).run(Work.INPUT);
        long took = System.nanoTime() - begun;
        long at = System.currentTimeMillis();
        if (!answer.equals(Work.ANSWER)) {
            throw new IllegalStateException("Expected " + Work.ANSWER + ", got " + answer);
        }
        System.out.println(took + " " + at);
    }
}
