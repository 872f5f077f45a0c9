package dev.cermin.gateway;

import static dev.cermin.fixture.Services.events;
import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.openEvents;
import static dev.cermin.fixture.Services.status;
import static dev.cermin.fixture.Services.submit;
import static dev.cermin.fixture.Services.trace;
import static dev.cermin.fixture.Services.within;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.Services;
import dev.cermin.fixture.Services.Event;
import dev.cermin.fixture.StoresResource;
import dev.cermin.flow.Topics;
import dev.cermin.flow.TraceFeed;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A task's steps as server-sent events. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class EventsTest {
    @Inject
    ScriptedModels models;

    @Inject
    TraceFeed feed;

    @TestHTTPResource
    URI base;

    @BeforeEach
    void reset() {
        models.reset();
    }

    @Test
    void aFinishedTasksEventsAreItsTrace() throws Exception {
        UUID id = submit("scripted", "events afterwards");
        finished(id);
        List<Event> events = read(id, null);
        assertThat(events).extracting(Event::id).containsExactly("0", "1", "2", "3");
        assertThat(events).extracting(Event::name).containsExactly("submit", "generate", "reflect", "finish");
        assertThat(events.stream().map(Event::step)).isEqualTo(trace(id));
    }

    @Test
    void aRunningTasksEventsComeAsItsStepsAreDoneAndItsOutcomeIsThereWithTheLast() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        models.script("scripted-reflect", prompt -> {
            waitFor(release);
            return "<output>accept</output>";
        });
        UUID id = submit("scripted", "events meanwhile");
        try (Stream<Event> stream = events(base, id, null)) {
            Iterator<Event> events = stream.iterator();
            assertThat(events.next().name()).isEqualTo("submit");
            Event generated = events.next();
            assertThat(generated.name()).isEqualTo("generate");
            assertThat(generated.step().texts().output()).isEqualTo("answer");
            release.countDown();
            assertThat(events.next().name()).isEqualTo("reflect");
            Event finish = events.next();
            assertThat(finish.name()).isEqualTo("finish");
            assertThat(given().get("/api/tasks/" + id + "/outcome").statusCode())
                    .isEqualTo(200);
            assertThat(events.hasNext()).isFalse();
        }
    }

    @Test
    void aClientThatComesBackGoesOnWhereItWas() throws Exception {
        UUID id = submit("scripted", "events resumed");
        finished(id);
        assertThat(read(id, "1")).extracting(Event::id).containsExactly("2", "3");
        assertThat(openEvents(base, id, "3").statusCode())
                .as("an EventSource comes back for ever, but not after 204")
                .isEqualTo(204);
        for (String none : List.of("-5", "finish", "99999999999999999999")) {
            Response refused = given().header("Last-Event-ID", none).get("/api/tasks/" + id + "/events");
            assertThat(refused.statusCode()).as(none).isEqualTo(400);
            assertThat(refused.<String>path("detail")).contains(none);
        }
    }

    @Test
    void aTaskThatWasSetAsideEndsItsEventsAndSaysWhy() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        models.script("scripted-generate", prompt -> {
            waitFor(release);
            return "at last";
        });
        UUID id = submit("scripted", "events of one set aside");
        try (Stream<Event> stream = events(base, id, null);
                KafkaProbe kafka = Services.kafka()) {
            Iterator<Event> events = stream.iterator();
            assertThat(events.next().name()).isEqualTo("submit");
            kafka.send(new ProducerRecord<>(
                    Topics.ofLane("correct"), id.toString(), "nonsense".getBytes(StandardCharsets.UTF_8)));
            Event aside = events.next();
            assertThat(aside.name()).isEqualTo("set_aside");
            assertThat(aside.data()).contains("\"reason\":").contains("JSON");
            assertThat(events.hasNext()).isFalse();
            assertThat(status(id).getString("status")).isEqualTo("set_aside");
            assertThat(status(id).getString("reason")).contains("JSON");
        }
        release.countDown();
        assertThat(finished(id).getString("reason")).isNull();
    }

    @Test
    void anUnknownTaskHasNoEvents() {
        UUID id = UUID.randomUUID();
        Response response = given().header("Accept", "text/event-stream").get("/api/tasks/" + id + "/events");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.<String>path("detail")).contains(id.toString());
    }

    @Test
    void aListenerThatVanishesIsForgottenAndTheOthersAreTold() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        models.script("scripted-reflect", prompt -> {
            waitFor(release);
            return "<output>accept</output>";
        });
        UUID id = submit("scripted", "listeners");
        for (int i = 0; i < 20; i++) {
            try (Stream<Event> vanishing = events(base, id, null)) {
                assertThat(vanishing.iterator().next().name()).isEqualTo("submit");
            }
        }
        List<String> told = new ArrayList<>();
        Thread listener = Thread.ofVirtual().start(() -> {
            try (Stream<Event> stream = events(base, id, null)) {
                stream.map(Event::name).forEach(told::add);
            } catch (Exception e) {
                told.add(e.toString());
            }
        });
        within().until(() -> told.size() == 2);
        within().untilAsserted(() -> assertThat(feed.listeners(id)).isLessThanOrEqualTo(1));
        release.countDown();
        listener.join();
        assertThat(told).containsExactly("submit", "generate", "reflect", "finish");
        within().untilAsserted(() -> assertThat(feed.listeners(id)).isZero());
    }

    private List<Event> read(UUID id, String last) throws Exception {
        try (Stream<Event> events = events(base, id, last)) {
            return events.toList();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
