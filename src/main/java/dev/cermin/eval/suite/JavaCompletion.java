package dev.cermin.eval.suite;

import dev.cermin.verify.code.CodeBlock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes a class of a reply to one of HumanEval-X's prompts: the first fenced block, or the text without a fence. It may
 * hold the class {@code Solution}, the method alone, or what goes on with the prompt.
 *
 * @param prompt up to the brace that opens the method
 */
record JavaCompletion(String prompt) {
    private static final Pattern CLASS = Pattern.compile("\\bclass\\s+Solution\\b");
    /** The last thing in a prompt. */
    private static final Pattern METHOD = Pattern.compile("(?s).*\n([^\n]*?\\b(\\w+)\\s*\\([^\n]*)$");
    /** In strings, characters and comments, braces are none. */
    private static final Pattern TOKEN = Pattern.compile(
            "(?s)\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\n])*+'|//[^\n]*|/\\*.*?\\*/|[{}]");

    String program(String reply) {
        String code = CodeBlock.find(reply, "java").orElse(reply.replace("\r\n", "\n"));
        if (CLASS.matcher(code).find()) {
            return imports() + code;
        }
        Matcher method = METHOD.matcher(prompt.stripTrailing());
        if (method.matches() && declares(code, method.group(2))) {
            String imported = lines(code, true);
            return imported + prompt.substring(0, method.start(1)) + closed(lines(code, false), 1);
        }
        return prompt + closed(code, 2);
    }

    /** As the tests need them too. */
    String imports() {
        return lines(prompt, true);
    }

    private static String lines(String code, boolean imports) {
        return code.lines()
                .filter(line -> line.startsWith("import ") == imports)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static boolean declares(String code, String method) {
        return Pattern.compile("(?m)^\\s*(?:public|private|protected|static|final)\\b[^=;(]*\\b" + Pattern.quote(method)
                        + "\\s*\\(")
                .matcher(code)
                .find();
    }

    /** Up to where as many braces are closed as are open before it; those that are missing are added. */
    private static String closed(String code, int open) {
        int depth = open;
        Matcher tokens = TOKEN.matcher(code);
        while (tokens.find()) {
            depth += tokens.group().equals("{") ? 1 : tokens.group().equals("}") ? -1 : 0;
            if (depth == 0) {
                return code.substring(0, tokens.end());
            }
        }
        return code + "\n" + "}".repeat(depth);
    }
}
