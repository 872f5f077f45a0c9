package dev.cermin.store;

import static dev.cermin.fixture.Services.rows;
import static dev.cermin.fixture.Services.setting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.fixture.StoresResource;
import dev.cermin.trace.TraceStep;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Postgres refuses the services, whatever they try. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class RightsTest {
    private static final String REFUSED = "42501";

    @Inject
    TraceStore store;

    @Inject
    Upkeep upkeep;

    private List<TraceStep> trace = List.of();

    @BeforeEach
    void storeATrace() {
        trace = StoredLoops.of("default", Instant.now());
        store.append(trace, List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update step set output = 'forged'",
                "update step set worker = 'forged' where task_id = '%s'",
                "delete from step where task_id = '%s'",
                "truncate step",
                "drop table step",
                "alter table step disable trigger all",
                "alter table step_others detach partition step_others_rest",
                "select * from step_others_rest",
                "insert into step_others_rest select * from step where task_id = '%s'",
                "delete from step_others",
                "select * from step where task_id = '%s' for update",
                "insert into step select * from step where task_id = '%s' on conflict (task_id, number, created_at, tenant)"
                        + " do update set output = 'forged'",
                "merge into step s using (select 1) x on s.task_id = '%s' when matched then delete",
                "delete from task where id = '%s'",
                "update task set tenant = 'other' where id = '%s'",
                "update task set created_at = now() where id = '%s'",
                "insert into retention_log (part, to_time, steps, kept) values ('step', now(), 1, 0)",
                "update flyway_schema_history set checksum = 0",
                "create table step_of_mine (id int)",
                "create rule forge as on insert to step do instead nothing",
                "set role postgres",
                "alter role cermin superuser",
                "copy step to program 'cat'"
            })
    void whatWasRecordedIsOutOfReach(String statement) throws SQLException {
        UUID id = trace.getFirst().taskId();
        try (Connection services = services();
                Statement plain = services.createStatement()) {
            assertThatThrownBy(() -> plain.execute(statement.formatted(id)))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(REFUSED));
        }
        assertThat(store.steps(id, 0)).isEqualTo(trace);
    }

    @Test
    void rightsThatSomebodyGaveOrTookAreSetRight() throws Exception {
        owner("grant update, delete on step to cermin", "revoke insert on agent from cermin");
        upkeep.run(Instant.now());
        String may =
                "select has_table_privilege('cermin', 'step', 'update'), has_table_privilege('cermin', 'step', 'delete'),"
                        + " has_table_privilege('cermin', 'step', 'insert'), has_table_privilege('cermin', 'agent', 'insert')";
        assertThat(rows(may)).containsExactly("f | f | t | t");
    }

    private static void owner(String... statements) throws SQLException {
        try (Connection owner = dev.cermin.fixture.Services.postgres();
                Statement plain = owner.createStatement()) {
            for (String statement : statements) {
                plain.execute(statement);
            }
        }
    }

    private static Connection services() throws SQLException {
        return DriverManager.getConnection(
                setting("quarkus.datasource.jdbc.url"),
                setting("quarkus.datasource.username"),
                setting("quarkus.datasource.password"));
    }
}
