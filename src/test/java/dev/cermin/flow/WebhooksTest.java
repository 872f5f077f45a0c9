package dev.cermin.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.SharedKafka;
import dev.cermin.flow.webhook.AllowedHosts;
import dev.cermin.flow.webhook.Caller;
import dev.cermin.flow.webhook.Signer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Webhooks over a real Kafka to real receivers, which fail in all ways. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhooksTest {
    private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String NEW = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static final String BODY = "{\"type\":\"task.finished\",\"data\":{}}";

    private final List<Receiver> receivers = new ArrayList<>();
    private final List<String> outcomes = new CopyOnWriteArrayList<>();
    private final Outages outages = new Outages("Lane webhooks", "receiver", 4, retry(), Clock.systemUTC());
    private KafkaProbe kafka;
    private Lane lane;
    private Thread thread;
    private Caller caller;

    @BeforeAll
    void start() throws Exception {
        kafka = new KafkaProbe(SharedKafka.servers());
        kafka.create(Topics.DEAD_LETTERS, 1);
        kafka.create(Topics.WEBHOOKS, 1);
        caller = new Caller(Signer.of(List.of(NEW, OLD)), Duration.ofMillis(500), Clock.systemUTC());
    }

    /** Once all receivers' addresses are known. */
    private void serve() {
        List<String> allowed =
                receivers.stream().map(each -> "127.0.0.1:" + each.port()).toList();
        Webhooks webhooks =
                new Webhooks(AllowedHosts.of(allowed), caller, outages, retry(), Clock.systemUTC(), outcomes::add);
        var clients = new LaneClients(SharedKafka.settings(), Optional.of("webhooks"), "webhooks");
        var settings = new Lane.Settings("webhooks", Topics.WEBHOOKS, 8, Duration.ofMillis(200));
        lane = new Lane(settings, new Places(Duration.ZERO), webhooks, clients);
        outages.onReturn(lane.hurry()::all);
        thread = Thread.ofPlatform().start(lane);
    }

    private static Retry retry() {
        return new Retry(Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofMillis(20), Duration.ofSeconds(4));
    }

    @AfterEach
    void clear() throws Exception {
        lane.stop();
        assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
        receivers.forEach(Receiver::close);
        receivers.clear();
        outcomes.clear();
    }

    @AfterAll
    void stop() {
        caller.close();
        kafka.close();
    }

    @Test
    void anOutcomeIsToldOnceAndSignedWithEverySecret() throws Exception {
        Receiver receiver = receiver(call -> 204);
        serve();
        send("t-1", receiver.url("?token=secret"));
        within().until(() -> outcomes.contains("delivered"));

        assertThat(receiver.calls).singleElement().satisfies(call -> {
            assertThat(call.path()).isEqualTo("/hook?token=secret");
            assertThat(call.body()).isEqualTo(BODY);
            assertThat(call.header("webhook-id")).isEqualTo("t-1");
            assertThat(call.header("content-type")).isEqualTo("application/json");
            long sent = Long.parseLong(call.header("webhook-timestamp"));
            assertThat(Instant.ofEpochSecond(sent)).isBetween(Instant.now().minusSeconds(60), Instant.now());
            assertThat(call.header("webhook-signature"))
                    .isEqualTo(Signer.of(List.of(NEW, OLD)).sign("t-1", sent, BODY.getBytes(UTF_8)));
        });
        assertThat(letters("t-1")).isEmpty();
    }

    @Test
    void whatFailsForAWhileIsToldAgainWithTheSameId() throws Exception {
        int[] statuses = {500, 429, 503, 408, 200};
        Receiver receiver = receiver(call -> statuses[call.number() - 1]);
        serve();
        send("again", receiver.url(""));
        within().until(() -> outcomes.contains("delivered"));
        assertThat(receiver.calls).hasSize(5).allSatisfy(call -> {
            assertThat(call.header("webhook-id")).isEqualTo("again");
            assertThat(call.body()).isEqualTo(BODY);
        });
        assertThat(outcomes).containsExactly("retried", "retried", "retried", "retried", "delivered");
        assertThat(letters("again")).isEmpty();
    }

    @Test
    void aReceiverThatNeverTakesItEndsInADeadLetterThatShowsNoQuery() throws Exception {
        Receiver down = receiver(call -> 502);
        serve();
        send("never", down.url("?token=secret"));
        within().until(() -> outcomes.contains("failed"));
        within().untilAsserted(() -> assertThat(letters("never"))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(KafkaProbe.header(letter, "dead-letter-reason"))
                            .contains("http://127.0.0.1:" + down.port() + "/hook")
                            .doesNotContain("token");
                    assertThat(Integer.parseInt(KafkaProbe.header(letter, "dead-letter-attempts")))
                            .isBetween(3, 30);
                    assertThat(Instant.parse(KafkaProbe.header(letter, "dead-letter-first-failure")))
                            .isBefore(Instant.now().minusSeconds(3));
                    // for the replay
                    assertThat(KafkaProbe.header(letter, Messages.CALLBACK_HEADER))
                            .contains("token=secret");
                    assertThat(letter.value()).isEqualTo(BODY.getBytes(UTF_8));
                }));
    }

    @Test
    void whatIsRefusedIsNotToldAgainAndNeitherIsARedirectFollowed() throws Exception {
        Receiver gone = receiver(call -> 410);
        Receiver elsewhere = receiver(call -> 200);
        Receiver moved = receiver(call -> 307, elsewhere.url(""));
        Receiver wrong = receiver(call -> 404);
        serve();
        send("gone", gone.url(""));
        send("moved", moved.url(""));
        send("wrong", wrong.url(""));
        send("stranger", "http://127.0.0.1:1/hook");
        send("no-address", "/etc/passwd");
        within().untilAsserted(() -> assertThat(outcomes).hasSize(5).containsOnly("failed"));
        assertThat(gone.calls).hasSize(1);
        assertThat(moved.calls).hasSize(1);
        assertThat(wrong.calls).hasSize(1);
        assertThat(elsewhere.calls).isEmpty();
        Map<String, String> reasons = Map.of(
                "gone", "status 410",
                "moved", "status 307",
                "wrong", "status 404",
                "stranger", "cermin.webhooks.allowed-hosts",
                "no-address", "https://hooks.example.com/cermin is expected");
        within().untilAsserted(() -> reasons.forEach((key, reason) -> assertThat(letters(key))
                .singleElement()
                .satisfies(letter -> assertThat(KafkaProbe.header(letter, "dead-letter-reason"))
                        .contains(reason))));
    }

    @Test
    void receiversThatHangOrAreDownHoldUpNoOther() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Receiver hangs = receiver(call -> {
            await(never);
            return 200;
        });
        Receiver down = receiver(call -> 500);
        Receiver well = receiver(call -> 200);
        serve();
        for (int i = 0; i < 40; i++) {
            send("hangs-" + i, hangs.url(""));
            send("down-" + i, down.url(""));
        }
        List<String> keys = IntStream.range(0, 40).mapToObj(i -> "well-" + i).toList();
        for (String key : keys) {
            send(key, well.url(""));
        }
        long begun = System.nanoTime();
        within().until(() -> well.calls.size() >= 40);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThat(well.calls).extracting(call -> call.header("webhook-id")).containsExactlyInAnyOrderElementsOf(keys);
        never.countDown();
        within().untilAsserted(() ->
                assertThat(outcomes.stream().filter("failed"::equals)).hasSizeGreaterThanOrEqualTo(40));
        assertThat(down.calls.size()).as("one call at a time tries it").isLessThan(40);
    }

    @Test
    void anAnswerWithoutAnEndIsNoAnswer() throws Exception {
        Receiver endless = receiver(call -> call.number() == 1 ? -1 : 200);
        serve();
        send("endless", endless.url(""));
        within().until(() -> outcomes.contains("delivered"));
        assertThat(outcomes).containsExactly("retried", "delivered");
    }

    private static ConditionFactory within() {
        return org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String key, String callback) throws Exception {
        var record = new ProducerRecord<>(Topics.WEBHOOKS, key, BODY.getBytes(UTF_8));
        record.headers().add(Messages.CALLBACK_HEADER, callback.getBytes(UTF_8));
        kafka.send(record);
    }

    private List<ConsumerRecord<String, byte[]>> letters(String key) {
        return kafka.read(Topics.DEAD_LETTERS, key);
    }

    private Receiver receiver(Behaviour behaviour) throws IOException {
        return receiver(behaviour, "");
    }

    private Receiver receiver(Behaviour behaviour, String location) throws IOException {
        Receiver receiver = new Receiver(behaviour, location);
        receivers.add(receiver);
        return receiver;
    }

    /** A status; negative: an answer whose body never ends. */
    private interface Behaviour {
        int of(Call call);
    }

    private record Call(int number, String path, String body, Map<String, String> headers) {
        String header(String name) {
            return headers.get(name);
        }
    }

    private static final class Receiver implements AutoCloseable {
        private final HttpServer server;
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final List<Call> calls = new CopyOnWriteArrayList<>();
        private final Behaviour behaviour;
        private final String location;

        Receiver(Behaviour behaviour, String location) throws IOException {
            this.behaviour = behaviour;
            this.location = location;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/hook", this::answer);
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        String url(String query) {
            return "http://127.0.0.1:%d/hook%s".formatted(port(), query);
        }

        private void answer(HttpExchange exchange) throws IOException {
            Map<String, String> headers = new ConcurrentHashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            Call call;
            synchronized (this) {
                call = new Call(calls.size() + 1, exchange.getRequestURI().toString(), body, headers);
                calls.add(call);
            }
            int status = behaviour.of(call);
            if (status < 0) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                return;
            }
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().add("Location", location);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
