package dev.cermin.verify.code.inside;

import java.net.URI;
import javax.tools.SimpleJavaFileObject;

/** A source text. */
final class Source extends SimpleJavaFileObject {
    static final String ANSWER = "answer.java";
    static final String TESTS = "tests.java";
    static final String WORKLOAD = "workload.java";

    private final String text;

    Source(String name, String text) {
        super(URI.create("string:///" + name), Kind.SOURCE);
        this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
    }

    /** A public class may have any name: an answer has no file. */
    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
        return kind == Kind.SOURCE;
    }
}
