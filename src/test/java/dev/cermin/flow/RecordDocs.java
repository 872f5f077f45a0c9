package dev.cermin.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the Javadoc of a record says of it and of its components. */
final class RecordDocs {
    private static final Path SOURCES = Path.of("src/main/java");

    private RecordDocs() {}

    static Optional<String> ofType(Class<?> type) {
        return doc(type).map(doc -> doc.split("@param|@throws", 2)[0]).flatMap(RecordDocs::plain);
    }

    static Optional<String> ofComponent(Class<?> type, String name) {
        Pattern param = Pattern.compile("@param " + name + "\\b(.*?)(?=@param|@throws|$)", Pattern.DOTALL);
        return doc(type)
                .map(param::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .flatMap(RecordDocs::plain);
    }

    private static Optional<String> doc(Class<?> type) {
        if (!type.isRecord()) {
            return Optional.empty();
        }
        Class<?> outermost = type;
        while (outermost.getEnclosingClass() != null) {
            outermost = outermost.getEnclosingClass();
        }
        Path file = SOURCES.resolve(outermost.getName().replace('.', '/') + ".java");
        Matcher found = Pattern.compile(
                        "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+\\s+)*(?:(?:public|private|static) )*record "
                                + type.getSimpleName() + "\\(",
                        Pattern.DOTALL)
                .matcher(read(file));
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> plain(String doc) {
        String text = doc.replaceAll("(?m)^\\s*\\*", " ")
                .replaceAll("\\s+", " ")
                .replaceAll("\\{@code ([^}]*)}", "$1")
                .replaceAll("\\{@link #?(?:[a-z.]*\\.)?([^}]*)}", "$1")
                .replace('#', '.')
                .strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
