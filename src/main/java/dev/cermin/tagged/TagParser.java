package dev.cermin.tagged;

import dev.cermin.tagged.Blocks.Mention;
import dev.cermin.tagged.Blocks.Span;
import dev.cermin.tagged.Lexer.Code;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a response with {@code <thinking>}, {@code <reflection>} and {@code <output>} as it comes, in any pieces: a tag
 * may be cut anywhere. How the text is cut changes nothing. Takes time in proportion to the text, and keeps it. Not
 * thread-safe.
 *
 * <p>Parts are handed over as soon as what was read makes them certain, and not much more than {@value #LOOK_AHEAD}
 * characters late. They are for showing; the answer is the result's. In a response that keeps to the format the two agree. In one
 * that doesn't, the result knows what came later: that the thinking was never closed and the output stood in it, that
 * a fence was never closed, that the whole response was put in code, that no output came at all.
 */
public final class TagParser {
    /** How far the mark that ends inline code is looked for, on its line. */
    public static final int LOOK_AHEAD = 1024;

    private final StringBuilder text = new StringBuilder();
    private final Blocks blocks;
    private final Lexer lexer;
    private final int fencesUntil;
    private final boolean inner;
    private Set<Problem> problems = Set.of();
    private @Nullable Tagged result;

    /** @param parts told of every part, in the thread that hands over the text */
    public TagParser(Consumer<Part> parts) {
        this(parts, Integer.MAX_VALUE, false);
    }

    private TagParser(Consumer<Part> parts, int fencesUntil, boolean inner) {
        blocks = new Blocks(text, parts);
        lexer = new Lexer(text, blocks, fencesUntil);
        this.fencesUntil = fencesUntil;
        this.inner = inner;
    }

    /** @throws IllegalStateException after the end */
    public void accept(String chunk) {
        if (result != null) {
            throw new IllegalStateException(
                    "This parser has read a whole response; a new one is expected for the next");
        }
        text.append(chunk);
        lexer.read(false);
        int to = lexer.at();
        // the other half of a character outside the basic plane is still to come
        boolean half = to == text.length() && to > 0 && Character.isHighSurrogate(text.charAt(to - 1));
        blocks.tell(half ? to - 1 : to);
    }

    /** The response has ended; hands over what was held back. Asked again, gives the same. */
    public Tagged end() {
        if (result == null) {
            lexer.read(true);
            blocks.end();
            result = read();
        }
        return result;
    }

    /** What is amiss with the response; empty before its end. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    private Tagged read() {
        Code code = blocks.allQuoted() && !inner ? lexer.whole() : null;
        if (code != null) {
            return again(text.substring(code.innerFrom(), code.innerTo()), Integer.MAX_VALUE, true, Problem.wrapped());
        }
        int fence = lexer.openFence();
        if (fence >= 0 && (blocks.open() || blocks.outputs().isEmpty())) {
            return again(text.toString(), fence, inner, Problem.openFence());
        }
        return result();
    }

    /** Once more, with what is known now. */
    private Tagged again(String response, int until, boolean unwrapped, Problem why) {
        TagParser other = new TagParser(part -> {}, until, unwrapped);
        other.accept(response);
        Tagged read = other.end();
        problems = new LinkedHashSet<>(Set.of(why));
        problems.addAll(other.problems);
        return read.with(sentences());
    }

    private Tagged result() {
        problems = new LinkedHashSet<>(blocks.problems());
        List<String> outputs = new ArrayList<>();
        String output;
        Mention mention = blocks.mentioned();
        if (!blocks.outputs().isEmpty()) {
            output = text(blocks.outputs().getFirst());
            // what stands behind a fence that was never closed may be a quotation
            blocks.outputs().stream()
                    .filter(span -> span.from() <= fencesUntil)
                    .map(this::text)
                    .forEach(outputs::add);
        } else if (mention != null) {
            problems.add(Problem.misplaced());
            output = text(mention.content());
            boolean lastWord = mention.to() >= 0 && text.substring(mention.to()).isBlank();
            if (lastWord && mention.at() <= fencesUntil) {
                outputs.add(output);
            }
        } else {
            output = text.toString().strip();
            problems.add(blocks.tags() ? Problem.noOutput() : Problem.noTag(output.isEmpty()));
        }
        return new Tagged(
                blocks.thinking().stream().map(this::text).collect(Collectors.joining("\n\n")),
                blocks.reflections().stream().map(this::text).toList(),
                output,
                outputs,
                sentences());
    }

    private String text(Span span) {
        return text.substring(span.from(), span.to()).strip();
    }

    private List<String> sentences() {
        return problems.stream().map(Problem::sentence).toList();
    }
}
