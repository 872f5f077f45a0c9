package dev.cermin.eval.suite;

import dev.cermin.verify.code.CodeBlock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a program of a reply to one of HumanEval's prompts: the first fenced block, or the text without a fence. Where
 * it defines the function, it follows the prompt, whose imports and helpers it may need; else it goes on with the
 * prompt.
 *
 * @param prompt up to the function's docstring
 * @param function that is to be defined
 */
record PythonCompletion(String prompt, String function) {
    /** Where lm-evaluation-harness stops a model that goes on with the prompt. */
    private static final Pattern STOP = Pattern.compile("\n(?:class|def|#|if|print)");

    private static final String INDENT = "    ";

    String program(String reply) {
        Optional<String> block = CodeBlock.find(reply, "python", "python3", "py");
        String code = block.orElse(reply.replace("\r\n", "\n"));
        Pattern definition = Pattern.compile("(?m)^(?:async +)?def +" + Pattern.quote(function) + "\\b");
        if (definition.matcher(code).find()) {
            return prompt + "\n" + code;
        }
        return prompt + indented(block.isPresent() ? code : stopped(code));
    }

    private static String stopped(String text) {
        Matcher stop = STOP.matcher(text);
        return stop.find() ? text.substring(0, stop.start()) : text;
    }

    /** A body whose indent was stripped, of its first line or of all, gets it again. */
    private static String indented(String body) {
        String text = body.replaceFirst("^(?:[ \\t]*\n)+", "");
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty() || indent(lines.getFirst()) > 0) {
            return text;
        }
        List<String> rest = lines.subList(1, lines.size());
        boolean opens = lines.getFirst().stripTrailing().endsWith(":");
        boolean all = rest.stream().anyMatch(line -> indent(line) == 0)
                || (opens && !rest.isEmpty() && indent(rest.getFirst()) <= INDENT.length());
        return all ? text.indent(INDENT.length()) : INDENT + text;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
