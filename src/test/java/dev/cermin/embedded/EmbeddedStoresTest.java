package dev.cermin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The stores while their application lives; one home serves all tests, as restarts are what it is about. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedStoresTest {
    private Path folder;
    private Path home;
    private EmbeddedStores stores;

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        home = folder.resolve("a home, with comma");
        stores = Stores.start(home);
    }

    @AfterAll
    void stop() {
        stores.close();
    }

    @Test
    void aRowAndARecordSurviveStopAndStart() throws Exception {
        Stores.write(stores, "before the restart");
        String url = stores.jdbcUrl();
        String servers = stores.bootstrapServers();
        ProcessHandle child = ProcessHandle.of(stores.pid()).orElseThrow();
        ProcessHandle postmaster = Stores.postmaster(home);
        stores.close();
        stores.close(); // twice is fine
        assertThat(Stores.runs(child)).isFalse();
        assertThat(Stores.runs(postmaster)).isFalse();

        stores = Stores.start(home);
        assertThat(Stores.rows(stores)).contains("before the restart");
        assertThat(Stores.records(stores)).contains("before the restart");
        assertThat(stores.jdbcUrl()).as("the port of the last run").isEqualTo(url);
        assertThat(stores.bootstrapServers()).isEqualTo(servers);
        assertThat(stores.timings()).containsOnlyKeys("postgres", "kafka", "total");
    }

    @Test
    void aKilledChildTakesPostgresAlongIsToldAndLeavesItsDataIntact() throws Exception {
        Stores.write(stores, "before the kill");
        ProcessHandle postmaster = Stores.postmaster(home);
        CountDownLatch told = new CountDownLatch(1);
        stores.onDeath(told::countDown);
        Stores.kill(ProcessHandle.of(stores.pid()).orElseThrow());
        assertThat(told.await(15, TimeUnit.SECONDS)).isTrue();
        assertThat(Stores.runs(postmaster)).isFalse();
        stores.close();

        stores = Stores.start(home);
        assertThat(Stores.rows(stores)).contains("before the kill");
        assertThat(Stores.records(stores)).contains("before the kill");
    }

    @Test
    void aKilledPostgresIsToldAndStartsAgainThoughItsPidIsAnotherProgramsByNow() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        stores.onDeath(told::countDown);
        Stores.kill(Stores.postmaster(home));
        assertThat(told.await(15, TimeUnit.SECONDS)).isTrue();
        stores.close();
        Path pidFile = home.resolve("postgres").resolve("data").resolve("postmaster.pid");
        List<String> lines = Files.readAllLines(pidFile);
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(pidFile, lines);

        stores = Stores.start(home);
        try (Connection connection = Stores.connect(stores)) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void aSecondStartOnTheSameHomeNamesTheProcessThatUsesIt() {
        assertThatThrownBy(() -> Stores.start(home))
                .isInstanceOf(HomeInUseException.class)
                .hasMessageContaining("pid " + ProcessHandle.current().pid())
                .hasMessageContaining(home.toString())
                .hasMessageContaining("CERMIN_HOME");
    }

    @Test
    void topicsAreCreatedOnceWithTheirSettings() throws Exception {
        stores.close();
        EmbeddedStores.Options options = EmbeddedStores.Options.of(home)
                .withTopics(Map.of(Stores.TOPIC, 7, "cermin.wide", 3))
                .withTopic(new Topic("cermin.control", 1, Map.of("cleanup.policy", "compact,delete")));
        stores = EmbeddedStores.start(options);
        assertThat(Stores.topic(stores, "cermin.wide").partitions()).hasSize(3);
        assertThat(Stores.topic(stores, Stores.TOPIC).partitions())
                .as("left as it was")
                .hasSize(1);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, "cermin.control");
        try (Admin admin = Stores.admin(stores)) {
            assertThat(admin.describeConfigs(List.of(resource))
                            .all()
                            .get(30, TimeUnit.SECONDS)
                            .get(resource)
                            .get("cleanup.policy")
                            .value())
                    .isEqualTo("compact,delete");
        }
    }

    @Test
    void postgresKeepsWhatItAcknowledgesAndLetsNobodyInWithoutThePassword() throws Exception {
        try (Connection connection = Stores.connect(stores);
                Statement statement = connection.createStatement()) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                try (ResultSet result = statement.executeQuery("show " + setting)) {
                    result.next();
                    assertThat(result.getString(1)).as(setting).isEqualTo("on");
                }
            }
        }
        assertThatThrownBy(() -> DriverManager.getConnection(stores.jdbcUrl(), PostgresAccess.USER, "guess"))
                .hasMessageContaining("password authentication failed");
        assertThat(PostgresAccess.password(home)).isEqualTo(stores.settings().get("quarkus.flyway.password"));
    }

    @Test
    void aPortThatIsTakenIsNamedWithItsPurpose() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            Path other = folder.resolve("other");
            List<String> progress = new ArrayList<>();
            assertThatThrownBy(() -> EmbeddedStores.start(
                            EmbeddedStores.Options.of(other).withPorts(0, port).withProgress(progress::add)))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("Port " + port)
                    .hasMessageContaining("Kafka")
                    .hasMessageContaining("another port");
            assertThat(Files.exists(other.resolve("postgres").resolve("data"))).isFalse();
        }
    }

    @Test
    void oneStoreAloneSaysNothingOfTheOther() {
        try (EmbeddedStores alone = EmbeddedStores.start(
                EmbeddedStores.Options.of(folder.resolve("kafka only")).withStores(false, true))) {
            assertThat(alone.settings()).containsOnlyKeys("kafka.bootstrap.servers", "kafka.compression.type");
            assertThatThrownBy(alone::jdbcUrl).hasMessageContaining("was not asked for");
        }
    }
}
