package dev.cermin.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The answer parses as SQL, in the dialects that JSqlParser knows: one statement or several, of any kind or of some. What
 * a statement holds counts too: a {@code delete} in a {@code with}, the table that {@code select … into} makes, what an
 * {@code explain} explains. It is parsed only: names and types are not checked, and functions may do anything. It may
 * stand in one {@code ```sql} fence.
 *
 * <p>Parsing ends after some seconds at most; what takes longer fails. Needs JSqlParser on the class path. Thread-safe.
 */
public final class SqlVerifier implements Verifier {
    public static final String NAME = "sql";

    /** The kinds that can be allowed: a statement's first word, and {@code select} for {@code values} and the like. */
    public static final Set<String> KINDS = Set.of(
            "select",
            "insert",
            "update",
            "delete",
            "merge",
            "upsert",
            "truncate",
            "create",
            "alter",
            "drop",
            "rename",
            "grant",
            "comment",
            "explain",
            "describe",
            "show",
            "analyze",
            "set",
            "reset",
            "use",
            "execute",
            "commit",
            "rollback",
            "savepoint",
            "declare",
            "refresh",
            "purge",
            "if",
            "block");

    private static final int LONGEST = 20_000;

    /** Empty: any. */
    private final Set<String> allowed;

    private final boolean single;

    private SqlVerifier(Set<String> allowed, boolean single) {
        this.allowed = allowed;
        this.single = single;
    }

    /**
     * One statement of one of these kinds; without any, of every kind.
     *
     * @throws IllegalArgumentException for a kind that is none of {@link #KINDS}
     */
    public static SqlVerifier of(String... kinds) {
        Set<String> allowed = new TreeSet<>();
        for (String kind : kinds) {
            String known = kind.toLowerCase(Locale.ROOT);
            if (!KINDS.contains(known)) {
                throw new IllegalArgumentException(
                        "'%s' is no kind of statement; known are %s".formatted(kind, new TreeSet<>(KINDS)));
            }
            allowed.add(known);
        }
        return new SqlVerifier(Set.copyOf(allowed), true);
    }

    /** The same with one statement or more. */
    public SqlVerifier several() {
        return new SqlVerifier(allowed, false);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Check verify(Answer answer) {
        String sql = Fence.without(answer.output(), "sql");
        if (sql.length() > LONGEST) {
            return Check.fail(NAME, "The SQL has %d characters; up to %d are parsed".formatted(sql.length(), LONGEST));
        }
        List<Set<String>> statements;
        try {
            statements = SqlText.kinds(sql);
        } catch (IllegalArgumentException e) {
            return Check.fail(NAME, "The answer does not parse as SQL: " + e.getMessage());
        }
        List<String> wrong = wrong(statements);
        return wrong.isEmpty()
                ? Check.pass(NAME, "The answer parses as SQL")
                : Check.fail(NAME, String.join("; ", wrong));
    }

    private List<String> wrong(List<Set<String>> statements) {
        List<String> wrong = new ArrayList<>();
        if (statements.isEmpty()) {
            wrong.add("There is no SQL statement in the answer");
        }
        if (single && statements.size() > 1) {
            wrong.add("There are %d statements, and one is asked for".formatted(statements.size()));
        }
        for (int i = 0; i < statements.size(); i++) {
            Set<String> others = new TreeSet<>(statements.get(i));
            others.removeAll(allowed);
            if (!allowed.isEmpty() && !others.isEmpty()) {
                String which = statements.size() == 1 ? "The statement" : "Statement " + (i + 1);
                wrong.add("%s has %s in it, and only %s may be used"
                        .formatted(which, String.join(" and ", others), new TreeSet<>(allowed)));
            }
        }
        return wrong;
    }
}
