package dev.cermin.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Commands as a shell calls them, in this process: what they print, and how they end. */
record Shell(int code, String out, String err) {

    static Shell run(String... args) {
        return typing("", args);
    }

    /** @param typed what stands on standard input */
    static Shell typing(String typed, String... args) {
        InputStream in = System.in;
        PrintStream out = System.out;
        PrintStream err = System.err;
        var written = new ByteArrayOutputStream();
        var told = new ByteArrayOutputStream();
        try {
            System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
            int code = Main.commandLine()
                    .setOut(new PrintWriter(written, true, StandardCharsets.UTF_8))
                    .setErr(new PrintWriter(told, true, StandardCharsets.UTF_8))
                    .execute(args);
            return new Shell(code, written.toString(StandardCharsets.UTF_8), told.toString(StandardCharsets.UTF_8));
        } finally {
            System.setIn(in);
            System.setOut(out);
            System.setErr(err);
        }
    }
}
