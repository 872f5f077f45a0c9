package dev.cermin.peers;

import com.zaxxer.hikari.HikariDataSource;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Queue;
import dev.dbos.transact.workflow.Workflow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;

/**
 * DBOS Transact: a workflow of four steps, each of which stores its result. Called at once by so many threads, and as a
 * backlog of its durable queue. Arguments: workflows, and bytes a step.
 */
final class Dbos {
    private static final String QUEUE = "loops";
    private static final int CONNECTIONS = 32;
    private static final int STEPS = 4;

    private final DBOS dbos;
    private final Loop loop;
    private final HikariDataSource database;

    /** What is called durably. */
    interface Loop {
        String run(String input);
    }

    /** Four steps, each with a result of its own. */
    static final class FourSteps implements Loop {
        private final DBOS dbos;
        private final String result;

        FourSteps(DBOS dbos, int bytes) {
            this.dbos = dbos;
            this.result = "x".repeat(bytes);
        }

        @Override
        @Workflow(name = "loop")
        public String run(String input) {
            String last = input;
            for (int step = 0; step < STEPS; step++) {
                last = dbos.runStep(() -> result, "step" + step);
            }
            return last.substring(0, 4);
        }
    }

    private Dbos(Server server, int bytes) {
        database = new HikariDataSource();
        database.setJdbcUrl(server.jdbcUrl());
        database.setUsername(server.user());
        database.setPassword(server.password());
        database.setMaximumPoolSize(CONNECTIONS);
        dbos = new DBOS(DBOSConfig.defaults("bench").withDataSource(database));
        loop = dbos.registerProxy(Loop.class, new FourSteps(dbos, bytes));
        dbos.registerQueue(new Queue(QUEUE).withWorkerConcurrency(64).withPollingInterval(Duration.ofMillis(50)));
    }

    public static void main(String... args) throws InterruptedException, SQLException {
        int loops = Integer.parseInt(args[0]);
        Dbos peer = new Dbos(Server.ofEnvironment(), Integer.parseInt(args[1]));
        peer.dbos.launch();
        peer.direct(Math.min(loops, 1_000), 32);
        Figures.tell(Figures.IDLE, 1e3 / peer.direct(200, 1));
        Figures.tell(Figures.IN_FLIGHT, peer.direct(loops, 32));
        double direct = peer.direct(loops, 128);
        double queued = peer.queued(loops);
        Figures.tell("direct-128", direct);
        Figures.tell("queued", queued);
        Figures.tell(Figures.BACKLOG, Math.max(direct, queued));
        Figures.tell(Figures.STORED, Math.max(direct, queued));
        peer.dbos.shutdown();
        peer.database.close();
        System.exit(0);
    }

    /** Workflows a second, so many at once. */
    private double direct(int loops, int inFlight) throws InterruptedException {
        return Threads.perSecond(loops, inFlight, () -> {
            if (loop.run("x-7=0").length() != 4) {
                throw new IllegalStateException("A workflow lost its result");
            }
        });
    }

    /** Workflows a second, from the first that is queued to the last that is done. */
    private double queued(int loops) throws InterruptedException, SQLException {
        long begin = System.nanoTime();
        Threads.perSecond(
                loops,
                32,
                () -> dbos.startWorkflow(
                        () -> loop.run("x-7=0"),
                        new StartWorkflowOptions(UUID.randomUUID().toString()).withQueue(QUEUE)));
        while (open() > 0) {
            Thread.sleep(20);
        }
        return loops / ((System.nanoTime() - begin) / 1e9);
    }

    private long open() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*) from dbos.workflow_status where status in ('ENQUEUED', 'PENDING')")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
