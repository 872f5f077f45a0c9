package dev.cermin.search;

import dev.cermin.search.Statistics.Day;
import dev.cermin.search.Statistics.Group;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums up what a filter means, in two passes over the rows of tasks, each of which Postgres shares among processes. */
final class Sums {
    private static final String SUMS = """
            select agent, coalesce(stop_reason, 'running'), models, floor(extract(epoch from created_at) / 86400)::bigint,
                verdicts, count(*), count(stop_reason), count(*) filter (where accepted), sum(calls),
                sum(tokens_in::float8), sum(tokens_out::float8), sum(cost::float8),
                sum(extract(epoch from finished_at - created_at)::float8) * 1000
            from task where $meant group by 1, 2, 3, 4, 5
            """;

    /** Times to within 10 %: each bucket ends a tenth above where it begins. */
    private static final String TIMES = """
            select agent, stop_reason, models,
                floor(ln(greatest(extract(epoch from finished_at - created_at)::float8 * 1000, 1)) / ln(1.1::float8))::int,
                count(*)
            from task where finished_at is not null and $meant group by 1, 2, 3, 4
            """;

    private static final String WITH_WORDS =
            "task.id in (select task_id from search_tasks(null, null, null, null, null,"
                    + " websearch_to_tsquery(search_config(), ?), null, null, null, null, null, null))";

    private final Connection connection;
    private final Conditions conditions;
    private final Map<String, Sum> agents = new TreeMap<>();
    private final Map<String, Sum> models = new TreeMap<>();
    private final Map<String, Sum> stopReasons = new TreeMap<>();
    private final Map<String, Long> verdicts = new TreeMap<>();
    private final Map<Long, Sum> days = new TreeMap<>();

    Sums(Connection connection, TraceFilter filter) {
        this.connection = connection;
        this.conditions = Conditions.of(filter);
        if (filter.text() != null) {
            conditions.add(WITH_WORDS, filter.text());
        }
    }

    Statistics statistics() throws SQLException {
        read(SUMS, this::add);
        read(TIMES, this::addTime);
        Sum total = new Sum();
        agents.values().forEach(total::add);
        Verdicts decided = new Verdicts(verdicts);
        return new Statistics(
                total.group(""),
                decided.rounds(),
                decided.flips(),
                groups(agents),
                groups(models),
                groups(stopReasons),
                days());
    }

    @FunctionalInterface
    private interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    private void read(String sql, Reader reader) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql.replace("$meant", conditions.sql()))) {
            conditions.setTo(select);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    private void add(ResultSet row) throws SQLException {
        of(agents, row.getString(1)).add(row);
        of(stopReasons, row.getString(2)).add(row);
        for (String model : (String[]) row.getArray(3).getArray()) {
            of(models, model).add(row);
        }
        days.computeIfAbsent(row.getLong(4), any -> new Sum()).add(row);
        verdicts.merge(row.getString(5), row.getLong(6), Long::sum);
    }

    private void addTime(ResultSet row) throws SQLException {
        int bucket = row.getInt(4);
        long count = row.getLong(5);
        of(agents, row.getString(1)).addTime(bucket, count);
        of(stopReasons, row.getString(2)).addTime(bucket, count);
        for (String model : (String[]) row.getArray(3).getArray()) {
            of(models, model).addTime(bucket, count);
        }
    }

    private static Sum of(Map<String, Sum> sums, String name) {
        return sums.computeIfAbsent(name, any -> new Sum());
    }

    private List<Day> days() {
        List<Day> all = new ArrayList<>();
        days.forEach((day, sum) -> {
            Group group = sum.group("");
            all.add(new Day(LocalDate.ofEpochDay(day), group.traces(), group.accepted(), group.cost()));
        });
        return all;
    }

    private static List<Group> groups(Map<String, Sum> sums) {
        List<Group> groups = new ArrayList<>();
        sums.forEach((name, sum) -> groups.add(sum.group(name)));
        groups.sort(Comparator.comparingLong(Group::traces).reversed());
        return groups;
    }
}
