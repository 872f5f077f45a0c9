package dev.cermin.search;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.is;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.fixture.Samples;
import dev.cermin.fixture.Services;
import dev.cermin.fixture.StoresResource;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Task;
import dev.cermin.model.Model;
import dev.cermin.model.Price;
import dev.cermin.policy.Policy;
import dev.cermin.run.StepRunner;
import dev.cermin.store.TraceStore;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.trace.TraceHead;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Tracer;
import dev.cermin.verify.Verifiers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Traces found again: each test has a tenant of its own. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class TracesTest {
    private static final Price PRICE = new Price(new BigDecimal("0.25"), new BigDecimal("1.5"));
    private static final Instant FIRST = Instant.parse("2030-03-01T00:00:00Z");

    @Inject
    Traces traces;

    @Inject
    TraceStore store;

    private final String tenant = "tenant-" + UUID.randomUUID();

    private final AgentDefinition checked = Samples.agent(List.of("arithmetic"), List.of(), Policy.DEFAULT);
    private final AgentDefinition judged = Samples.agent(List.of(), List.of("judge"), Policy.DEFAULT);

    @Test
    void pagesFollowOnEachOtherWithoutGapsWhileNewTracesComeIn() throws SQLException {
        List<UUID> expected = new ArrayList<>();
        for (int i = 0; i < 57; i++) {
            // some at the same time, some years apart
            Instant at = FIRST.plus(Duration.ofHours(i / 3 * (i % 7 == 0 ? 999L : 1L)));
            expected.addFirst(store(judged, "some", at, "5", "<output>accept</output>"));
        }
        Services.indexed();
        for (Map<String, String> filter : List.of(
                Map.of("tenant", tenant),
                Map.of("tenant", tenant, "agent", "sample"),
                Map.of("tenant", tenant, "text", "5"))) {
            List<TraceRow> seen = new ArrayList<>();
            PageKey after = null;
            do {
                TracePage page = traces.page(TraceFilter.of(filter), after, 10);
                seen.addAll(page.rows());
                after = page.next() == null ? null : PageKey.of(page.next().text());
                if (seen.size() == 10) {
                    UUID late =
                            store(judged, "late", FIRST.plus(Duration.ofDays(40_000)), "5", "<output>accept</output>");
                    assertThat(expected).doesNotContain(late);
                }
            } while (after != null);
            List<UUID> old =
                    seen.stream().map(TraceRow::id).filter(expected::contains).toList();
            assertThat(old).containsExactlyInAnyOrderElementsOf(expected).doesNotHaveDuplicates();
            assertThat(seen).extracting(TraceRow::createdAt).isSortedAccordingTo(Comparator.reverseOrder());
        }
    }

    @Test
    void everyFilterFindsWhatItSays() throws SQLException {
        UUID right = store(checked, "2+2=", FIRST, "4");
        UUID corrected = store(checked, "2+3=", FIRST.plusSeconds(90), "4", "5");
        UUID liked = store(
                judged, "praise", FIRST.plus(Duration.ofDays(2)), "a garden in the rain", "<output>accept</output>");
        UUID disliked = store(
                judged,
                "praise more",
                FIRST.plus(Duration.ofDays(400)),
                "a desert",
                "<reflection>arid prose</reflection><output>revise 0.3</output>",
                "the rain in a garden",
                "<reflection>better prose</reflection><output>revise 0.6</output>",
                "a rain garden",
                "<output>revise 0.7</output>");
        assertThat(found("accepted", "true")).containsExactly(liked, corrected, right);
        assertThat(found("accepted", "false")).containsExactly(disliked);
        assertThat(found("stopReason", "rounds")).containsExactly(disliked);
        assertThat(found("agent", "sample")).hasSize(4);
        assertThat(found("agent", "other")).isEmpty();
        assertThat(found("version", "1")).hasSize(4);
        assertThat(found("model", "judge")).containsExactly(disliked, liked);
        assertThat(found("minRounds", "1")).containsExactly(disliked, corrected);
        assertThat(found("maxRounds", "0")).containsExactly(liked, right);
        assertThat(found("minScore", "0.5", "maxScore", "0.7")).containsExactly(disliked);
        assertThat(found("minScore", "0.71")).containsExactly(liked);
        assertThat(found("maxCost", "0")).isEmpty();
        assertThat(found("minCost", "0.000001")).hasSize(4);
        assertThat(found("from", "2030-03-02", "to", "2030-12-01")).containsExactly(liked);
        assertThat(found("text", "rain garden")).containsExactly(disliked, liked);
        assertThat(found("text", "\"rain garden\"")).containsExactly(disliked);
        assertThat(found("text", "prose -desert")).isEmpty();
        assertThat(found("text", "GARDEN", "maxRounds", "1")).containsExactly(liked);
        assertThat(found("text", "tenant")).isEmpty();
        assertThat(found("unfinished", "true")).isEmpty();
        assertThat(found("label", "wrong")).isEmpty();
        execute("update task set label = 'wrong' where id = '%s'".formatted(liked));
        assertThat(found("label", "wrong")).containsExactly(liked);
        assertThat(traces.page(filter("text", "prose"), null, 5, Duration.ofMinutes(1))
                        .rows()
                        .getFirst()
                        .match())
                .contains(new Piece("prose", true))
                .anySatisfy(piece -> assertThat(piece.text()).contains("arid"));
    }

    @Test
    void phrasesAreFoundWhereverTheyStand() throws SQLException {
        Random random = new Random(7);
        List<String> words = List.of("a", "hill", "it's", "well-made", "x=1", "lake");
        Map<UUID, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < 25; i++) {
            String text = random.ints(6, 0, words.size()).mapToObj(words::get).collect(Collectors.joining(" "));
            texts.put(store(judged, "some", FIRST.plusSeconds(i), text, "<output>accept</output>"), text);
        }
        for (int i = 0; i < 60; i++) {
            String phrase =
                    random.ints(2 + i % 2, 0, words.size()).mapToObj(words::get).collect(Collectors.joining(" "));
            List<UUID> expected = texts.entrySet().stream()
                    .filter(each -> (" " + each.getValue() + " ").contains(" " + phrase + " "))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(found("text", "\"" + phrase + "\"")).as(phrase).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(found("text", "\"" + phrase + "\" or nowhere"))
                    .as(phrase)
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(found("text", "accept -\"" + phrase + "\""))
                    .as("without " + phrase)
                    .noneMatch(expected::contains);
        }
    }

    @Test
    void aSearchThatIsCutShortGoesOnWhereItStopped() throws SQLException {
        List<UUID> expected = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Instant at = FIRST.plus(Duration.ofMinutes(2L * i));
            expected.addFirst(store(judged, "some", at, "a lake and a hill", "<output>accept</output>"));
        }
        Services.indexed();
        List<UUID> seen = new ArrayList<>();
        PageKey after = null;
        int cut = 0;
        do {
            TracePage page = traces.page(
                    filter("text", "\"a hill\"", "from", "2030-03-01", "to", "2030-03-01T02:00:00Z"),
                    after,
                    10,
                    Duration.ofNanos(1));
            page.rows().forEach(row -> seen.add(row.id()));
            cut += page.searchedTo() == null ? 0 : 1;
            after = page.next();
        } while (after != null);
        assertThat(seen).isEqualTo(expected);
        assertThat(cut).isPositive();
    }

    @Test
    void whatIsErasedIsNotFoundAnyMore() throws SQLException {
        UUID id = store(judged, "secret", FIRST, "the treasure lies under the oak", "<output>accept</output>");
        assertThat(found("text", "treasure")).containsExactly(id);
        execute("select erase_texts('%s', null, 'a person', 'by law', false)".formatted(id));
        assertThat(found("text", "treasure")).isEmpty();
        execute("delete from task where id = '%s'".formatted(id));
        assertThat(found("agent", "sample")).isEmpty();
    }

    @Test
    void whatIsErasedWhileItIsBeingIndexedIsNotFound() throws Exception {
        UUID id = store(judged, "secret", FIRST, "the silver lies under the ash", "<output>accept</output>");
        try (Connection indexer = Services.postgres();
                Statement statement = indexer.createStatement()) {
            indexer.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(hashtext('index_changed'))");
            execute("select erase_texts('%s', null, 'a person', 'by law', false)".formatted(id));
            // as one that had read the texts before
            statement.execute(
                    "update task_search set document = to_tsvector('silver') where task_id = '%s'".formatted(id));
            indexer.commit();
        }
        assertThat(found("text", "silver")).isEmpty();
    }

    @Test
    void whatTheIndexCantHoldIsInNobodysWay() throws SQLException {
        UUID id = store(judged, "odd", FIRST, "a lake", "<output>accept</output>");
        execute("update task set models = array[(select string_agg(md5(i::text), '') from generate_series(1, 300) i)]"
                + " where id = '%s'".formatted(id));
        UUID other = store(judged, "even", FIRST, "a lake", "<output>accept</output>");
        assertThat(found("text", "lake")).contains(other);
    }

    @Test
    void aTaskUnderWayIsFoundByWhatItHasSoFar() throws SQLException {
        List<TraceStep> trace = trace(judged, "slow", FIRST, "a pond", "<output>accept</output>");
        UUID id = trace.getFirst().taskId();
        store.append(trace.subList(0, 1), List.of());
        assertThat(found("unfinished", "true")).containsExactly(id);
        assertThat(found("text", "pond")).isEmpty();
        store.append(trace.subList(0, 2), List.of());
        assertThat(found("unfinished", "true", "text", "pond")).containsExactly(id);
        store.append(trace, List.of());
        assertThat(found("unfinished", "true")).isEmpty();
        assertThat(found("stopReason", "accepted", "text", "pond", "minScore", "0.9"))
                .containsExactly(id);
    }

    @Test
    void figuresSayWhatRoundsGained() throws SQLException {
        store(checked, "2+2=", FIRST, "4");
        store(checked, "2+3=", FIRST, "4", "5");
        store(checked, "2+4=", FIRST.plus(Duration.ofDays(1)), "4", "5", "6");
        store(checked, "2+5=", FIRST.plus(Duration.ofDays(1)), "4", "5", "6");
        Services.indexed();
        Statistics all = traces.statistics(filter());
        assertThat(all.total().traces()).isEqualTo(4);
        assertThat(all.total().accepted()).isEqualTo(3);
        assertThat(all.rounds()).extracting(Statistics.Round::right).containsExactly(1L, 2L, 3L);
        assertThat(all.rounds()).extracting(Statistics.Round::reached).containsExactly(4L, 3L, 2L);
        assertThat(all.flips()).isEqualTo(new Statistics.Flips(4, 1, 3, 2, 0));
        assertThat(all.models()).extracting(Statistics.Group::name).containsExactly("maker");
        assertThat(all.agents()).singleElement().satisfies(agent -> {
            assertThat(agent.calls()).isEqualTo(9);
            assertThat(agent.cost()).isPositive();
            assertThat(agent.tokensOut()).isPositive();
        });
        assertThat(all.days()).extracting(Statistics.Day::traces).containsExactly(2L, 2L);
        assertThat(traces.statistics(filter("text", "6")).total().traces()).isEqualTo(2);
    }

    @Test
    void restTellsWhatIsWrongWithAParameter() {
        UUID id = store(checked, "2+2=", FIRST, "4");
        given().queryParams(Map.of("tenant", tenant, "limit", "1"))
                .get("/api/traces")
                .then()
                .statusCode(200)
                .body("traces[0].id", is(id.toString()))
                .body("traces[0].input", is("2+2="));
        given().get("/api/traces/" + id + "/steps?limit=2")
                .then()
                .statusCode(200)
                .body("next", is(1));
        given().get("/api/traces/" + id).then().statusCode(200).body("rounds", is(0));
        given().get("/api/traces/statistics?tenant=" + tenant)
                .then()
                .statusCode(200)
                .body("total.traces", is(1));
        Map<String, String> wrong =
                new HashMap<>(Map.of("minScore", "2", "from", "tomorrow", "after", "x", "limit", "0"));
        wrong.put("agnt", "sample");
        wrong.put("stopReason", "tired");
        wrong.put("text", "!!!");
        wrong.forEach((name, value) -> given().queryParam(name, value)
                .get("/api/traces")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", is(name)));
        assertThatThrownBy(() -> traces.page(TraceFilter.ANY, null, 0)).isInstanceOf(FilterException.class);
    }

    private List<UUID> found(String... parameters) throws SQLException {
        Services.indexed();
        return traces.page(filter(parameters), null, Traces.MOST, Duration.ofMinutes(1)).rows().stream()
                .map(TraceRow::id)
                .toList();
    }

    private TraceFilter filter(String... parameters) {
        Map<String, String> all = new HashMap<>(Map.of("tenant", tenant));
        for (int i = 0; i < parameters.length; i += 2) {
            all.put(parameters[i], parameters[i + 1]);
        }
        return TraceFilter.of(all);
    }

    private void execute(String sql) throws SQLException {
        try (Connection owner = Services.postgres();
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private UUID store(AgentDefinition agent, String input, Instant createdAt, String... said) {
        List<TraceStep> trace = trace(agent, input, createdAt, said);
        store.append(trace, List.of());
        return trace.getFirst().taskId();
    }

    private List<TraceStep> trace(AgentDefinition agent, String input, Instant createdAt, String... said) {
        ScriptedChatModel chat = ScriptedChatModel.saying(said);
        StepRunner runner =
                new StepRunner(name -> new Model(name, "script", chat, PRICE), Verifiers.standard(), Clock.systemUTC());
        Tracer tracer = new Tracer("test");
        Task task = new Task(UUID.randomUUID(), agent.name(), input, Map.of(), tenant, 0, createdAt, null, null);
        LoopState state = LoopState.start(task, agent.plan());
        List<TraceStep> trace = new ArrayList<>();
        trace.add(tracer.submitted(state, createdAt));
        while (!state.finished()) {
            var execution = runner.run(agent, state, state.next());
            trace.add(tracer.executed(task.id(), TraceHead.after(trace.getLast()), execution, 1));
            state = state.apply(execution.result());
        }
        trace.add(tracer.finished(state, TraceHead.after(trace.getLast()), createdAt.plusSeconds(3)));
        return trace;
    }
}
