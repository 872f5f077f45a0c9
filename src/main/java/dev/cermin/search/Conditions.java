package dev.cermin.search;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a row of {@code task} must be, as SQL and its parameters; of words it says nothing. */
final class Conditions {
    private final List<String> all = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    static Conditions of(TraceFilter filter) {
        Conditions conditions = new Conditions();
        conditions.addIf("task.agent = ?", filter.agent());
        conditions.addIf("task.agent_version = ?", filter.version());
        conditions.addIf("? = any (task.models)", filter.model());
        conditions.addIf("task.stop_reason = ?", filter.stopReason());
        conditions.addIf("task.accepted = ?", filter.accepted());
        conditions.addIf("task.score >= ?", filter.minScore());
        conditions.addIf("task.score <= ?", filter.maxScore());
        conditions.addIf("task.label = ?", filter.label());
        conditions.addIf("task.rounds >= ?", filter.minRounds());
        conditions.addIf("task.rounds <= ?", filter.maxRounds());
        conditions.addIf("task.cost >= ?", filter.minCost());
        conditions.addIf("task.cost <= ?", filter.maxCost());
        if (filter.from() != null) {
            conditions.add("task.created_at >= ?", filter.from().atOffset(ZoneOffset.UTC));
        }
        if (filter.to() != null) {
            conditions.add("task.created_at < ?", filter.to().atOffset(ZoneOffset.UTC));
        }
        conditions.addIf("task.tenant = ?", filter.tenant());
        if (filter.unfinished()) {
            conditions.add("task.stop_reason is null");
        }
        return conditions;
    }

    void add(String condition, Object... values) {
        all.add(condition);
        parameters.addAll(List.of(values));
    }

    private void addIf(String condition, @Nullable Object value) {
        if (value != null) {
            add(condition, value);
        }
    }

    /** To stand behind {@code where}. */
    String sql() {
        return all.isEmpty() ? "true" : String.join(" and ", all);
    }

    void setTo(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
    }
}
