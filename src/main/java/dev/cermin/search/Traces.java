package dev.cermin.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Finds traces among many, and sums them up. Thread-safe. */
@ApplicationScoped
public class Traces {
    /** The longest page. */
    public static final int MOST = 200;

    /** How long a search may take, beside reading what it found. */
    public static final Duration PATIENCE = Duration.ofMillis(18);

    // a process of workers only has no database; what asks for it there fails when it asks, not at the start
    private final Instance<Session> session;

    Traces(Instance<Session> session) {
        this.session = session;
    }

    /**
     * A page of traces, the latest first. It stays the same while new traces come in. A search that takes longer than
     * {@link #PATIENCE} is cut short.
     *
     * @param after where the page before ended, its {@code next}; null for the first page
     * @param size 1 to {@value #MOST}
     * @throws FilterException where the size is another
     */
    @Transactional
    public TracePage page(TraceFilter filter, @Nullable PageKey after, int size) {
        return page(filter, after, size, PATIENCE);
    }

    /**
     * The same for somebody who rather waits than asks again.
     *
     * @param patience after which a search is cut short
     */
    @Transactional
    public TracePage page(TraceFilter filter, @Nullable PageKey after, int size, Duration patience) {
        if (size < 1 || size > MOST) {
            throw new FilterException("limit", "limit is %d; a number from 1 to %d is expected".formatted(size, MOST));
        }
        return session.get().doReturningWork(connection -> page(connection, filter, after, size, patience));
    }

    /** Figures over all traces that are meant. */
    @Transactional
    public Statistics statistics(TraceFilter filter) {
        return session.get().doReturningWork(connection -> new Sums(connection, filter).statistics());
    }

    private static TracePage page(
            Connection connection, TraceFilter filter, @Nullable PageKey after, int size, Duration patience)
            throws SQLException {
        if (inOrder(filter)) {
            return page(new Rows(connection).of(before(filter, after), size + 1), size);
        }
        requireWords(connection, filter.text());
        Finder finder = new Finder(connection, filter, after, size + 1, patience);
        List<PageKey> found = finder.find();
        boolean more = found.size() > size;
        List<PageKey> keys = more ? found.subList(0, size) : found;
        List<TraceRow> rows =
                new Rows(connection).of(keys.stream().map(PageKey::id).toList(), filter.text());
        Instant cut = finder.searchedTo();
        if (more || cut == null) {
            return new TracePage(rows, more ? keys.getLast() : null, null);
        }
        return new TracePage(rows, PageKey.before(cut), cut);
    }

    /** Whether an index has what is meant in the order of pages, so that nothing need be searched. */
    private static boolean inOrder(TraceFilter filter) {
        return TraceFilter.ANY.equals(filter)
                || (filter.tenant() != null
                        && TraceFilter.ANY.ofTenant(filter.tenant()).equals(filter));
    }

    private static Conditions before(TraceFilter filter, @Nullable PageKey after) {
        Conditions conditions = Conditions.of(filter);
        if (after != null) {
            conditions.add(
                    "(task.created_at, task.id) < (?, ?)", after.createdAt().atOffset(ZoneOffset.UTC), after.id());
        }
        return conditions;
    }

    private static TracePage page(List<TraceRow> rows, int size) {
        boolean more = rows.size() > size;
        List<TraceRow> page = more ? rows.subList(0, size) : rows;
        return new TracePage(page, more ? page.getLast().key() : null, null);
    }

    private static void requireWords(Connection connection, @Nullable String text) throws SQLException {
        if (text == null) {
            return;
        }
        try (PreparedStatement words =
                connection.prepareStatement("select numnode(websearch_to_tsquery(search_config(), ?))")) {
            words.setString(1, text);
            try (ResultSet row = words.executeQuery()) {
                row.next();
                if (row.getInt(1) == 0) {
                    throw new FilterException(
                            "text",
                            "text is '%s', which has no word; words to search for are expected".formatted(text));
                }
            }
        }
    }
}
