package dev.cermin.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.statement.Statements;

/** Parses SQL by JSqlParser. */
final class SqlText {
    /** Milliseconds of one try; nested parentheses can take its parser exponentially long. */
    private static final long LIMIT = 2_000;

    private static final int MOST_EXPECTED = 8;
    private static final Pattern LEXICAL =
            Pattern.compile("Lexical error at line (\\d+), column (\\d+)\\.\\s*(.*)", Pattern.DOTALL);

    private SqlText() {}

    /**
     * The kinds of statement in each statement: its own, and those within it.
     *
     * @throws IllegalArgumentException where it does not parse; the message says where and why
     */
    static List<Set<String>> kinds(String sql) {
        String text = withoutEnd(sql);
        if (text.isEmpty()) {
            return List.of();
        }
        return parse(text).stream().map(SqlKinds::of).toList();
    }

    /** JSqlParser has no statement between two semicolons, nor after the last. */
    private static String withoutEnd(String sql) {
        int end = sql.length();
        while (end > 0 && (sql.charAt(end - 1) == ';' || Character.isWhitespace(sql.charAt(end - 1)))) {
            end--;
        }
        return sql.substring(0, end);
    }

    /** The simple grammar is fast and does for most; what it refuses may be read by the complex one. */
    private static Statements parse(String sql) {
        JSQLParserException simple;
        try {
            return parse(sql, false);
        } catch (JSQLParserException e) {
            simple = e;
        }
        if (timedOut(simple)) {
            throw new IllegalArgumentException(reason(simple));
        }
        int bracket = CCJSqlParserUtil.getUnbalancedPosition(sql);
        if (bracket >= 0 && bracket < sql.length()) {
            throw new IllegalArgumentException(
                    "%s: %s has no counterpart".formatted(Place.of(sql, bracket), sql.charAt(bracket)));
        }
        try {
            return parse(sql, true);
        } catch (JSQLParserException e) {
            throw new IllegalArgumentException(
                    timedOut(e) ? reason(simple) + "; or it nests too deeply to be told in time" : reason(e));
        }
    }

    /** In a thread of its own, which a time-out ends; the library's own threads would outlive it. */
    private static Statements parse(String sql, boolean complex) throws JSQLParserException {
        ExecutorService thread =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
        try {
            return CCJSqlParserUtil.parseStatements(
                    CCJSqlParserUtil.newParser(sql)
                            .withAllowComplexParsing(complex)
                            .withTimeOut(LIMIT),
                    thread);
        } finally {
            thread.shutdownNow();
        }
    }

    private static boolean timedOut(JSQLParserException e) {
        return root(e) instanceof TimeoutException;
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String reason(JSQLParserException e) {
        Throwable root = root(e);
        if (root instanceof ParseException parse && parse.currentToken != null && parse.currentToken.next != null) {
            return unexpected(parse, parse.currentToken.next);
        }
        Matcher lexical = LEXICAL.matcher(String.valueOf(root.getMessage()));
        if (lexical.matches()) {
            return "line %s, column %s: %s".formatted(lexical.group(1), lexical.group(2), lexical.group(3));
        }
        if (root instanceof TimeoutException) {
            return "it takes longer than %d s; nest it less".formatted(LIMIT / 1000);
        }
        if (root instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return "the thread was interrupted";
        }
        return root instanceof StackOverflowError ? "it nests too deeply" : String.valueOf(root.getMessage());
    }

    private static String unexpected(ParseException parse, Token token) {
        String what = token.image.isEmpty() ? "the end" : "'" + token.image + "'";
        String place =
                "line %d, column %d: %s is not expected there".formatted(token.beginLine, token.beginColumn, what);
        List<String> expected = parse.expectedTokenSequences == null
                ? List.of()
                : Arrays.stream(parse.expectedTokenSequences)
                        .map(kinds -> parse.tokenImage[kinds[0]])
                        .distinct()
                        .toList();
        return expected.isEmpty() || expected.size() > MOST_EXPECTED
                ? place
                : place + ", but one of " + String.join(" ", expected);
    }
}
