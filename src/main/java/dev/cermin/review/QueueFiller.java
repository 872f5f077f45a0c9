package dev.cermin.review;

import dev.cermin.config.CerminConfig;
import dev.cermin.store.EndListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/** Puts tasks into queues as their ends are stored, each once. Thread-safe. */
@ApplicationScoped
class QueueFiller implements EndListener {
    private static final String FACTS =
            "select task.id, task.tenant, task.agent, task.accepted, task.stop_reason," + " task.cost, task.rounds";
    /** Of the critics that could be read, about the draft that is the answer. */
    private static final String SCORE = ", (select avg(about.score) from step about, step finish"
            + " where finish.task_id = task.id and finish.tenant = task.tenant and finish.created_at = task.created_at"
            + " and about.task_id = task.id and about.tenant = task.tenant and about.created_at = task.created_at"
            + " and finish.kind = 'finish' and about.kind = 'reflect' and about.round = finish.round"
            + " and about.score is not null"
            + " and about.findings not like '%\"opinion\":\"UNREADABLE\"%')";

    private static final String FROM = " from task where id = any (?) and stop_reason is not null";
    private static final String ENTER = "insert into review_queue (queue, task_id, tenant, since)"
            + " values (?, ?, ?, now()) on conflict do nothing";

    private final List<QueueRule> rules;
    private final boolean scored;

    /** @throws IllegalArgumentException for settings that can't be meant; names them */
    QueueFiller(CerminConfig config) {
        this.rules = rules(config);
        this.scored = rules.stream().anyMatch(QueueRule::needsScore);
    }

    /** Those that are configured, by name. */
    static List<QueueRule> rules(CerminConfig config) {
        List<QueueRule> rules = new ArrayList<>();
        new TreeMap<>(config.review().queues()).forEach((name, settings) -> rules.add(new QueueRule(name, settings)));
        return List.copyOf(rules);
    }

    @Override
    public void ended(Connection connection, Collection<UUID> tasks) throws SQLException {
        if (rules.isEmpty()) {
            return;
        }
        List<Ended> ended = facts(connection, tasks);
        try (PreparedStatement enter = connection.prepareStatement(ENTER)) {
            for (Ended task : ended) {
                for (QueueRule rule : rules) {
                    if (rule.matches(task)) {
                        enter.setString(1, rule.name());
                        enter.setObject(2, task.id());
                        enter.setString(3, task.tenant());
                        enter.addBatch();
                    }
                }
            }
            enter.executeBatch();
        }
    }

    private List<Ended> facts(Connection connection, Collection<UUID> tasks) throws SQLException {
        List<Ended> all = new ArrayList<>();
        String sql = FACTS + (scored ? SCORE : ", null::float8") + FROM;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf("uuid", tasks.toArray()));
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    all.add(new Ended(
                            found.getObject(1, UUID.class),
                            found.getString(2),
                            found.getString(3),
                            found.getBoolean(4),
                            found.getString(5),
                            found.getBigDecimal(6),
                            found.getInt(7),
                            found.getObject(8, Double.class)));
                }
            }
        }
        return all;
    }
}
