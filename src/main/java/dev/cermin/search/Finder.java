package dev.cermin.search;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
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

    /** The same of those that have to be looked at one by one. */
    private static final int ENOUGH_TO_LOOK_AT = 300;

    /** 256 minutes. */
    private static final int SHORT = 2;

    /** As long as nothing is found, however short the patience. */
    private static final Duration UNTIL_FIRST = Duration.ofSeconds(1);

    /** Each search takes so much, however short the stretch. */
    private static final long OVERHEAD_NANOS = Duration.ofMillis(1).toNanos();

    private static final int MUCH_MORE = 4;

    private static final int MUCH_LONGER = 32;

    /** Some times have more in them than others. */
    private static final int CAUTION = 3;

    /** By SQLSTATE. */
    private static final String CANCELLED = "57014";

    private static final String FIND = "select task_id, created_at from search_tasks(?, ?, ?, ?, ?,"
            + " websearch_to_tsquery(search_config(), ?), ?, ?, ?, ?, ?, ?)";

    private final Connection connection;
    private final TraceFilter filter;
    private final Terms terms;
    private final @Nullable PageKey after;
    private final int size;
    private final Duration patience;
    private final List<PageKey> found = new ArrayList<>();
    private @Nullable Instant searchedTo;

    /** @param patience after which a page is cut short */
    Finder(Connection connection, TraceFilter filter, @Nullable PageKey after, int size, Duration patience) {
        this.connection = connection;
        this.filter = filter;
        this.terms = Terms.of(filter);
        this.after = after;
        this.size = size;
        this.patience = patience;
    }

    /** Up to as many as were asked for. */
    List<PageKey> find() throws SQLException {
        Span all = span();
        if (all == null) {
            return found;
        }
        Stretch stretch = Stretch.of(all.newest());
        long oldest = Stretch.minute(all.oldest());
        long start = System.nanoTime();
        long left = patience.toNanos();
        double searched = 0;
        try {
            do {
                long begin = System.nanoTime();
                // without an end to the first one, a search could come back to it for ever
                boolean done = searched == 0 ? search(stretch) : searchWithin(left, stretch);
                long now = System.nanoTime();
                // an empty page that goes on helps nobody
                Duration most = found.isEmpty() && patience.compareTo(UNTIL_FIRST) < 0 ? UNTIL_FIRST : patience;
                left = most.toNanos() - (now - start);
                if (!done) {
                    stretch = stretch.last();
                } else if (found.size() >= size || stretch.from() <= oldest) {
                    return found;
                } else {
                    searched += stretch.minutes();
                    stretch = next(stretch, now - begin, Math.min(left, patience.toNanos()), searched);
                }
            } while (left > 0);
        } catch (SQLException e) {
            // what the stretch would have had is for the next page
            if (!CANCELLED.equals(e.getSQLState())) {
                throw e;
            }
        }
        searchedTo = stretch.end();
        return found;
    }

    /** @throws SQLException of state {@value #CANCELLED} where it takes longer; the transaction goes on */
    private boolean searchWithin(long nanos, Stretch stretch) throws SQLException {
        try (Statement limit = connection.createStatement()) {
            // as statements: a connection that takes part in a larger transaction refuses JDBC's own
            limit.execute("savepoint stretch; set local statement_timeout = "
                    + Math.max(1, Duration.ofNanos(nanos).toMillis()));
            try {
                return search(stretch);
            } finally {
                limit.execute("rollback to savepoint stretch; release savepoint stretch");
            }
        }
    }

    /** The longest that may be through in time, by how long the one before it took, and isn't much more than is needed. */
    private Stretch next(Stretch stretch, long took, long left, double searched) {
        double eachMinute = CAUTION * Math.max(0, took - OVERHEAD_NANOS) / stretch.minutes();
        double needed = found.isEmpty() ? Double.MAX_VALUE : searched / found.size() * (size - found.size());
        Stretch next = stretch.before();
        double most = Math.min(MUCH_MORE * needed, MUCH_LONGER * searched);
        while (next.level() > 0 && (next.minutes() * eachMinute > left || next.minutes() > most)) {
            next = next.last();
        }
        return next;
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
            last = earlier(last, after == null ? null : after.newest());
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
            find.setObject(12, guarded ? terms.exact() ? ENOUGH : ENOUGH_TO_LOOK_AT : null, Types.INTEGER);
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
