package dev.cermin.eval.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program with one thing changed that matters, mostly.
 *
 * @param change such as {@code == to != at 3}, the last being the character
 */
record Mutant(String change, String program) {
    /** What is in quotes or a comment is left alone. */
    private static final Pattern TEXT =
            Pattern.compile("\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])*'|//[^\n]*|#[^\n]*");

    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.\\]])[0-9]+(?![\\w.])");

    private static final Map<String, String> SWAPS = new LinkedHashMap<>();

    static {
        both(" == ", " != ");
        both(" < ", " >= ");
        both(" > ", " <= ");
        both(" + ", " - ");
        both(" && ", " || ");
        both(" and ", " or ");
        both("True", "False");
        both("true", "false");
        both("+= ", "-= ");
        SWAPS.put(" * ", " + ");
        SWAPS.put(" // ", " * ");
        SWAPS.put(" / ", " * ");
        SWAPS.put(" % ", " * ");
        SWAPS.put("if ", "if not ");
        SWAPS.put("if (", "if (!true && ");
        SWAPS.put("not ", "");
    }

    private static void both(String one, String other) {
        SWAPS.put(one, other);
        SWAPS.put(other, one);
    }

    /** Every one: an operator swapped, a condition negated, a constant one higher. */
    static List<Mutant> of(String program) {
        List<MatchResult> texts = TEXT.matcher(program).results().toList();
        List<Mutant> mutants = new ArrayList<>();
        SWAPS.forEach((from, to) -> {
            for (int at = program.indexOf(from); at >= 0; at = program.indexOf(from, at + 1)) {
                add(mutants, program, texts, at, from, to);
            }
        });
        Matcher numbers = NUMBER.matcher(program);
        while (numbers.find()) {
            String number = numbers.group();
            String next = number.length() > 9 ? "1" : String.valueOf(Integer.parseInt(number) + 1);
            add(mutants, program, texts, numbers.start(), number, next);
        }
        return mutants;
    }

    private static void add(
            List<Mutant> mutants, String program, List<MatchResult> texts, int at, String from, String to) {
        if (texts.stream().noneMatch(text -> text.start() <= at && at < text.end())) {
            String changed = program.substring(0, at) + to + program.substring(at + from.length());
            mutants.add(new Mutant("%s to %s at %d".formatted(from.strip(), to.strip(), at), changed));
        }
    }
}
