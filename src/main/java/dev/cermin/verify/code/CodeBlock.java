package dev.cermin.verify.code;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the code in an answer. */
final class CodeBlock {
    /** A fence at the start of a line, what language it names, and all up to the fence that closes it, or the end. */
    private static final Pattern FENCED =
            Pattern.compile("(?ms)^ {0,3}(```+|~~~+)[ \\t]*([\\w+#.-]*)[^\\n]*\\n(.*?)(?:^ {0,3}\\1[`~]*[ \\t]*$|\\z)");

    private record Block(String language, String code) {}

    private CodeBlock() {}

    /** The first fenced block of one of the languages; else the first one; else the whole text. */
    static String in(String answer, String... languages) {
        return fenced(answer, languages).orElseGet(() -> answer.replace("\r\n", "\n"));
    }

    /** The first fenced block of one of the languages; else the first one. */
    static Optional<String> fenced(String answer, String... languages) {
        Set<String> wanted = Set.of(languages);
        String text = answer.replace("\r\n", "\n");
        List<Block> blocks = FENCED.matcher(text)
                .results()
                .map(found -> new Block(found.group(2).toLowerCase(Locale.ROOT), found.group(3)))
                .toList();
        return blocks.stream()
                .filter(block -> wanted.contains(block.language()))
                .findFirst()
                .or(() -> blocks.stream().findFirst())
                .map(Block::code);
    }
}
