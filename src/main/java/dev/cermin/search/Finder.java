package dev.cermin.search;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a filter means from the newest back, a stretch of time after the other: each is longer than the one before,
 * so that few are needed for what is rare, and little is looked at of what is frequent.
 */
final class Finder {
    /** Of more than these a long stretch has too many to be sorted; then its last part comes first. */
    private static final int ENOUGH = 2000;

    /** 256 minutes. */
    private static final int SHORT = 2;

    /** Then a page is cut short. */
    private static final int MOST_STRETCHES = 60;

    private static final String FIND = "select task_id, created_at from search_tasks(?, ?, ?, ?, ?,"
            + " websearch_to_tsquery(search_config(), ?), ?, ?, ?, ?, ?, ?)";

    private final Connection connection;
    private final TraceFilter filter;
    private final Terms terms;
    private final @Nullable PageKey after;
    private final int size;
    private final List<PageKey> found = new ArrayList<>();
    private @Nullable Instant searchedTo;

    Finder(Connection connection, TraceFilter filter, @Nullable PageKey after, int size) {
        this.connection = connection;
        this.filter = filter;
        this.terms = Terms.of(filter);
        this.after = after;
        this.size = size;
    }

    /** Up to as many as were asked for. */
    List<PageKey> find() throws SQLException {
        Span all = span();
        if (all == null) {
            return found;
        }
        Stretch stretch = Stretch.of(all.newest());
        long oldest = Stretch.minute(all.oldest());
        for (int i = 0; i < MOST_STRETCHES; i++) {
            if (!search(stretch)) {
                stretch = stretch.last();
                continue;
            }
            if (found.size() >= size || stretch.from() <= oldest) {
                return found;
            }
            stretch = stretch.before();
        }
        searchedTo = stretch.end();
        return found;
    }

    /** Where a search was cut short; null where it was not. */
    @Nullable
    Instant searchedTo() {
        return searchedTo;
    }

    private record Span(Instant oldest, Instant newest) {}

    private @Nullable Span span() throws SQLException {
        try (PreparedStatement ends = connection.prepareStatement(
                        "select (select min(created_at) from task), (select max(created_at) from task)");
                ResultSet row = ends.executeQuery()) {
            row.next();
            OffsetDateTime oldest = row.getObject(1, OffsetDateTime.class);
            if (oldest == null) {
                return null;
            }
            Instant first = later(oldest.toInstant(), filter.from());
            Instant last = earlier(row.getObject(2, OffsetDateTime.class).toInstant(), filter.to());
            last = earlier(last, after == null ? null : after.createdAt());
            return first.isAfter(last) ? null : new Span(first, last);
        }
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other != null && other.isBefore(one) ? other : one;
    }

    /** @return false where there are too many in it */
    private boolean search(Stretch stretch) throws SQLException {
        int missing = size - found.size();
        boolean guarded = stretch.level() > (terms.exact() ? SHORT : 0);
        List<PageKey> some = new ArrayList<>();
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setArray(1, array(terms.every().isEmpty() ? null : terms.every()));
            find.setArray(2, array(stretch.terms()));
            find.setArray(3, array(terms.rounds()));
            find.setArray(4, array(terms.scores()));
            find.setArray(5, array(terms.costs()));
            find.setString(6, filter.text());
            setTime(find, 7, filter.from());
            setTime(find, 8, earlier(stretch.end(), filter.to()));
            setTime(find, 9, after == null ? null : after.createdAt());
            find.setObject(10, after == null ? null : after.id(), Types.OTHER);
            find.setObject(11, terms.exact() ? missing : null, Types.INTEGER);
            find.setObject(12, guarded ? ENOUGH : null, Types.INTEGER);
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    UUID id = rows.getObject(1, UUID.class);
                    if (id == null) {
                        return false;
                    }
                    some.add(new PageKey(rows.getObject(2, OffsetDateTime.class).toInstant(), id));
                }
            }
        }
        List<PageKey> meant = terms.exact() ? some : meant(some);
        found.addAll(meant.subList(0, Math.min(missing, meant.size())));
        return true;
    }

    /** Those that are within a filter's limits, not only beside them. */
    private List<PageKey> meant(List<PageKey> some) throws SQLException {
        if (some.isEmpty()) {
            return some;
        }
        Conditions conditions = Conditions.of(filter);
        conditions.add(
                "task.id = any (?)",
                connection.createArrayOf("uuid", some.stream().map(PageKey::id).toArray()));
        Set<UUID> ids = new HashSet<>();
        try (PreparedStatement select =
                connection.prepareStatement("select task.id from task where " + conditions.sql())) {
            conditions.setTo(select);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return some.stream().filter(key -> ids.contains(key.id())).toList();
    }

    private @Nullable Array array(@Nullable List<String> values) throws SQLException {
        return values == null ? null : connection.createArrayOf("text", values.toArray());
    }

    private static void setTime(PreparedStatement statement, int index, @Nullable Instant at) throws SQLException {
        statement.setObject(index, at == null ? null : at.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
    }
}
