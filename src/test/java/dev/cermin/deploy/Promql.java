package dev.cermin.deploy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a PromQL expression as far as to see that it is whole, and which metrics it asks for. */
final class Promql {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s+|\"[^\"]*\"|\\$?[a-zA-Z_][a-zA-Z0-9_]*|[0-9]+(\\.[0-9]+)?[smhdw]?|==|!=|>=|<=|=~|!~|[-+*/%^<>=(){}\\[\\],]");
    private static final Set<String> KEYWORDS =
            Set.of("by", "without", "on", "ignoring", "and", "or", "unless", "offset", "bool");
    private static final Set<String> FUNCTIONS = Set.of(
            "sum",
            "max",
            "min",
            "avg",
            "count",
            "rate",
            "increase",
            "deriv",
            "vector",
            "absent",
            "histogram_quantile",
            "time");
    private static final Pattern OPERATOR = Pattern.compile("==|!=|>=|<=|=~|!~|[-+*/%^<>=]");
    private static final Set<String> OF_LABELS = Set.of("by", "without", "on", "ignoring");
    private static final String DURATION = "[0-9]+[smhdw]|\\$__rate_interval";

    /** The metrics that are named, by their names in Prometheus. */
    final Set<String> metrics = new TreeSet<>();

    /** Those of them that stand in {@code rate} or {@code increase}. */
    final Set<String> rates = new TreeSet<>();

    /** That metrics are chosen or grouped by. */
    final Set<String> labels = new TreeSet<>();

    private final Set<String> grouped = new TreeSet<>();

    private final Deque<String> open = new ArrayDeque<>();
    private final String text;
    private String before = "";

    private Promql(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException for what is none */
    static Promql read(String text) {
        Promql expression = new Promql(text);
        expression.read();
        return expression;
    }

    /** The labels that its results may have: those that something is grouped by. */
    Set<String> grouped() {
        return grouped;
    }

    private void read() {
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw fault("'" + text.charAt(at) + "' is unexpected");
            }
            at = matcher.end();
            if (!matcher.group().isBlank()) {
                follows(matcher.group());
                token(matcher.group());
                before = matcher.group();
            }
        }
        if (!open.isEmpty() || OPERATOR.matcher(before).matches()) {
            throw fault("it ends too early");
        }
    }

    /** Between two values there is an operator, and between two operators a value. */
    private void follows(String token) {
        boolean operators =
                OPERATOR.matcher(before).matches() && OPERATOR.matcher(token).matches();
        boolean values = isValue(before) && isValue(token);
        if (operators || values) {
            throw fault("'" + before + "' can't be before '" + token + "'");
        }
    }

    private static boolean isValue(String token) {
        return token.matches("[a-z_]\\w*|[0-9].*") && !KEYWORDS.contains(token) && !FUNCTIONS.contains(token);
    }

    private void token(String token) {
        switch (token) {
            case "(" -> open.push(before.matches("[a-z_]+") ? before + "(" : "(");
            case "{", "[" -> open.push(token);
            case ")" -> close("(", token);
            case "}" -> close("{", token);
            case "]" -> close("[", token);
            default -> {
                String within = open.isEmpty() ? "" : open.peek();
                if (within.equals("[") && !token.matches(DURATION)) {
                    throw fault("'" + token + "' is no duration");
                }
                if (token.matches("[a-zA-Z_]\\w*")) {
                    name(token, within);
                }
            }
        }
    }

    private void name(String token, String within) {
        if (within.equals("{") || OF_LABELS.contains(within.replace("(", ""))) {
            labels.add(token);
            if (within.equals("by(")) {
                grouped.add(token);
            }
            return;
        }
        if (KEYWORDS.contains(token) || FUNCTIONS.contains(token)) {
            return;
        }
        metrics.add(token);
        if (within.equals("rate(") || within.equals("increase(")) {
            rates.add(token);
        }
    }

    private void close(String bracket, String token) {
        if (open.isEmpty() || !open.pop().endsWith(bracket)) {
            throw fault("'" + token + "' closes nothing");
        }
    }

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException(what + " in " + text);
    }
}
