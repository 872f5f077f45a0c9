package dev.cermin.tagged;

import dev.cermin.tagged.Part.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a response's tags make of it, tag by tag. In the thinking, and in a reflection, {@code <output>} is a mention,
 * kept for the case that no other comes; in the output every tag but its end is text.
 */
final class Blocks {
    private final CharSequence text;
    private final Consumer<Part> parts;
    private final Set<Problem> problems = new LinkedHashSet<>();

    private Kind in = Kind.OUTSIDE;
    private boolean inThinking;
    private int block;
    private int told;
    private boolean tags;
    private boolean quoted;
    private boolean loose;
    private boolean open;

    private final List<Span> thinking = new ArrayList<>();
    private final List<Span> reflections = new ArrayList<>();
    private final List<Span> outputs = new ArrayList<>();
    private int thinkingFrom;
    private int reflectionFrom;
    private int outputFrom;

    /** A mentioned output that is not closed yet; the last that was; the last that wasn't when its surroundings were. */
    private @Nullable Mark mention;

    private @Nullable Mention closed;
    private @Nullable Mention cut;

    record Span(int from, int to) {}

    /**
     * An output inside another tag.
     *
     * @param at its tag
     * @param to where what follows begins; negative where it is not closed itself
     */
    record Mention(int at, Span content, int to) {}

    Blocks(CharSequence text, Consumer<Part> parts) {
        this.text = text;
        this.parts = parts;
    }

    void quoted(Mark mark) {
        quoted = true;
        problems.add(Problem.quoted(mark));
    }

    void mark(Mark mark) {
        tags = true;
        if (mark.odd(text)) {
            problems.add(Problem.oddForm(mark));
        }
        if (mark.closing()) {
            close(mark);
        } else {
            open(mark);
        }
    }

    private void open(Mark mark) {
        Kind kind = mark.kind();
        if (in == Kind.OUTSIDE || (in == Kind.THINKING && kind == Kind.REFLECTION)) {
            inThinking = in == Kind.THINKING;
            enter(kind, mark);
            return;
        }
        problems.add(Problem.nested(mark, in));
        if (kind == Kind.REFLECTION && in == Kind.REFLECTION) {
            // the first may be a mere mention; nothing of either is lost
            leave(mark, mark.from());
            enter(kind, mark);
        } else if (kind == Kind.OUTPUT && in != Kind.OUTPUT) {
            mention = mark;
        }
    }

    private void enter(Kind kind, Mark mark) {
        switchTo(kind, mark);
        switch (kind) {
            case THINKING -> {
                thinkingFrom = mark.to();
                repeated(kind, thinking);
            }
            case OUTPUT -> {
                outputFrom = mark.to();
                repeated(kind, outputs);
            }
            default -> reflectionFrom = mark.to();
        }
    }

    private void repeated(Kind kind, List<Span> before) {
        if (!before.isEmpty()) {
            problems.add(Problem.repeated(kind));
        }
    }

    private void close(Mark mark) {
        if (mark.kind() == in) {
            leave(mark, mark.from());
        } else if (mark.kind() == Kind.THINKING && in == Kind.REFLECTION && inThinking) {
            problems.add(Problem.unclosed(in));
            leave(mark, mark.from());
            leave(mark, mark.from());
        } else if (mark.kind() == Kind.OUTPUT && mention != null) {
            closed = new Mention(mention.from(), new Span(mention.to(), mark.from()), mark.to());
            mention = null;
        } else {
            problems.add(Problem.stray(mark));
            if (in == Kind.OUTSIDE) {
                switchTo(in, mark);
            }
        }
    }

    private void leave(Mark mark, int to) {
        if (mention != null) {
            cut = new Mention(mention.from(), new Span(mention.to(), to), -1);
            mention = null;
        }
        add(to);
        switchTo(in == Kind.REFLECTION && inThinking ? Kind.THINKING : Kind.OUTSIDE, mark);
    }

    private void add(int to) {
        switch (in) {
            case THINKING -> thinking.add(new Span(thinkingFrom, to));
            case REFLECTION -> reflections.add(new Span(reflectionFrom, to));
            case OUTPUT -> outputs.add(new Span(outputFrom, to));
            case OUTSIDE -> {}
        }
    }

    private void switchTo(Kind kind, Mark mark) {
        tell(mark.from());
        told = Math.max(told, mark.to());
        in = kind;
        block++;
    }

    /** Hands over the text so far. */
    void tell(int to) {
        if (to > told) {
            String part = text.subSequence(told, to).toString();
            loose |= in == Kind.OUTSIDE && !part.isBlank();
            parts.accept(new Part(in, block, part));
            told = to;
        }
    }

    /** The text has ended, and with it what is still open; an output that is only mentioned there ends it sooner. */
    void end() {
        int end = text.length();
        tell(end);
        if (mention != null) {
            cut = new Mention(mention.from(), new Span(mention.to(), end), -1);
        }
        if (in == Kind.REFLECTION) {
            endOpen(reflectionFrom);
            in = inThinking ? Kind.THINKING : Kind.OUTSIDE;
        }
        if (in != Kind.OUTSIDE) {
            endOpen(in == Kind.THINKING ? thinkingFrom : outputFrom);
            in = Kind.OUTSIDE;
        }
        if (loose && tags) {
            problems.add(Problem.outside());
        }
    }

    private void endOpen(int from) {
        open = true;
        problems.add(Problem.unclosed(in));
        Mention found = mentioned();
        add(found != null && found.at() >= from ? found.at() : text.length());
    }

    // --- what came of it, after the end

    /** Whether all tags there are stand in code. */
    boolean allQuoted() {
        return quoted && !tags;
    }

    /** Whether there was any tag outside code. */
    boolean tags() {
        return tags;
    }

    /** Whether a tag was open at the end. */
    boolean open() {
        return open;
    }

    List<Span> thinking() {
        return thinking;
    }

    List<Span> reflections() {
        return reflections;
    }

    List<Span> outputs() {
        return outputs;
    }

    /** The output inside another tag where there is no other: the last that is closed, else the last. */
    @Nullable
    Mention mentioned() {
        return !outputs.isEmpty() || in == Kind.OUTPUT ? null : closed != null ? closed : cut;
    }

    Set<Problem> problems() {
        return problems;
    }
}
