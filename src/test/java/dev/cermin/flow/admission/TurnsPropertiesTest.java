package dev.cermin.flow.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Who begins next, whatever comes and goes. */
class TurnsPropertiesTest {
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    private int made;

    /** Something that happens: a task comes, some begin, one is taken out, time passes. */
    sealed interface Event {
        record Comes(int tenant, int priority, int delay) implements Event {}

        record Begin(int most) implements Event {}

        record Taken(int which) implements Event {}

        record Passes(int seconds) implements Event {}
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Integer> delays = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(0)),
                Tuple.of(1, Arbitraries.integers().between(1, 30)));
        Arbitrary<Event> event = Arbitraries.frequencyOf(
                Tuple.of(
                        6,
                        Combinators.combine(
                                        Arbitraries.integers().between(0, 3),
                                        Arbitraries.integers().between(-2, 2),
                                        delays)
                                .as(Event.Comes::new)),
                Tuple.of(2, Arbitraries.integers().between(1, 4).map(Event.Begin::new)),
                Tuple.of(1, Arbitraries.integers().between(0, 99).map(Event.Taken::new)),
                Tuple.of(1, Arbitraries.integers().between(1, 20).map(Event.Passes::new)));
        return event.list().ofMaxSize(120);
    }

    @Property(tries = 500)
    void eachLeavesOnceNoneBeforeItsTimeAndNoneIsOvertakenByALowerPriority(@ForAll("events") List<Event> events) {
        Turns<String> turns = new Turns<>(tenant -> 1 + tenant.charAt(0) % 3);
        Map<UUID, Candidate<String>> waiting = new LinkedHashMap<>();
        Set<UUID> left = new HashSet<>();
        Instant now = NOON;
        for (Event event : events) {
            switch (event) {
                case Event.Comes comes -> {
                    Instant start = comes.delay() == 0 ? null : now.plusSeconds(comes.delay());
                    var one = task("t" + comes.tenant(), comes.priority(), now, start);
                    turns.add(one);
                    waiting.put(one.id(), one);
                }
                case Event.Begin begin -> {
                    for (int i = 0; i < begin.most(); i++) {
                        begin(turns, waiting, left, now);
                    }
                }
                case Event.Taken taken -> {
                    var ids = List.copyOf(waiting.keySet());
                    if (!ids.isEmpty()) {
                        UUID id = ids.get(taken.which() % ids.size());
                        assertThat(turns.take(id)).contains(waiting.remove(id));
                        assertThat(turns.take(id)).isEmpty();
                        assertThat(left.add(id)).isTrue();
                    }
                }
                case Event.Passes passes -> now = now.plusSeconds(passes.seconds());
            }
            agrees(turns, waiting);
        }
        now = now.plusSeconds(60);
        while (!waiting.isEmpty()) {
            begin(turns, waiting, left, now);
        }
        assertThat(turns.next(now)).isEmpty();
        agrees(turns, waiting);
    }

    /** Too few for any tenant to be ahead of its share by the burst, so priority decides alone. */
    private static void begin(Turns<String> turns, Map<UUID, Candidate<String>> waiting, Set<UUID> left, Instant now) {
        List<Candidate<String>> due =
                waiting.values().stream().filter(one -> one.isDue(now)).toList();
        Optional<Candidate<String>> next = turns.next(now);
        assertThat(next.isPresent()).as("whoever is due gets a turn").isEqualTo(!due.isEmpty());
        next.ifPresent(one -> {
            assertThat(due).contains(one);
            assertThat(left.add(one.id())).isTrue();
            int highest = due.stream().mapToInt(Candidate::priority).max().orElseThrow();
            assertThat(one.priority()).isEqualTo(highest);
            assertThat(due.stream()
                            .filter(each -> each.tenant().equals(one.tenant()) && each.priority() == highest)
                            .map(Candidate::ready)
                            .min(Comparator.naturalOrder()))
                    .as("of one tenant the eldest goes first")
                    .contains(one.ready());
            waiting.remove(one.id());
        });
    }

    private static void agrees(Turns<String> turns, Map<UUID, Candidate<String>> waiting) {
        assertThat(turns.size()).isEqualTo(waiting.size());
        assertThat(turns.bytes())
                .isEqualTo(waiting.values().stream().mapToLong(Candidate::bytes).sum());
        assertThat(turns.byTenant().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(waiting.size());
        assertThat(waiting.keySet()).allMatch(turns::contains);
    }

    /** Every tenant always has something waiting, of any priorities it likes, and still gets its share. */
    @Property(tries = 200)
    void sharesConvergeToTheWeightsWhateverPrioritiesATenantGivesItsTasks(
            @ForAll @Size(min = 2, max = 6) List<@IntRange(min = 1, max = 5) Integer> weights,
            @ForAll @Size(min = 6, max = 6) List<@IntRange(min = -3, max = 3) Integer> priorities,
            @ForAll @IntRange(min = 1, max = 6_000) int begun) {
        Turns<String> turns = new Turns<>(tenant -> weights.get(Integer.parseInt(tenant)));
        for (int tenant = 0; tenant < weights.size(); tenant++) {
            turns.add(task(String.valueOf(tenant), priorities.get(tenant), NOON, null));
            turns.add(task(String.valueOf(tenant), priorities.get(tenant), NOON, null));
        }
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < begun; i++) {
            Candidate<String> one = turns.next(NOON).orElseThrow();
            counts.merge(one.tenant(), 1, Integer::sum);
            turns.add(task(one.tenant(), one.priority(), NOON.plusSeconds(i), null));
        }
        List<Double> served = new ArrayList<>();
        for (int tenant = 0; tenant < weights.size(); tenant++) {
            served.add(counts.getOrDefault(String.valueOf(tenant), 0) / (double) weights.get(tenant));
        }
        double least = served.stream().min(Comparator.naturalOrder()).orElseThrow();
        double most = served.stream().max(Comparator.naturalOrder()).orElseThrow();
        boolean equal =
                priorities.subList(0, weights.size()).stream().distinct().count() == 1;
        // 1 more than the bound, as the last one may have been taken when it was just reached
        assertThat(most - least).isLessThanOrEqualTo(equal ? 1.000001 : Turns.BURST + 1.000001);
    }

    @Property(tries = 200)
    void whoComesToAFloodIsNextAndWhoComesBackHasSavedUpNothing(
            @ForAll @IntRange(min = 0, max = 500) int before, @ForAll @IntRange(min = 1, max = 40) int few) {
        Turns<String> turns = new Turns<>(tenant -> 1);
        for (int i = 0; i < 1_000; i++) {
            turns.add(task("flood", 0, NOON, null));
        }
        for (int i = 0; i < before; i++) {
            turns.next(NOON);
        }
        for (int i = 0; i < few; i++) {
            turns.add(task("few", 0, NOON.plusSeconds(1), null));
        }
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 2 * few; i++) {
            order.add(turns.next(NOON.plusSeconds(1)).orElseThrow().tenant());
        }
        assertThat(order.stream().filter("few"::equals).count())
                .as("every second turn, though it had none while it wasn't there")
                .isBetween((long) few - 1, (long) few);
    }

    @Example
    void oneUrgentTaskOvertakesEveryBacklogAndAFloodOfThemDoesNot() {
        Turns<String> turns = new Turns<>(tenant -> 1);
        for (int i = 0; i < 1_000; i++) {
            turns.add(task("other", 0, NOON, null));
            turns.add(task("mine", 0, NOON, null));
        }
        var urgent = task("mine", 5, NOON.plusSeconds(9), null);
        turns.add(urgent);
        assertThat(turns.next(NOON)).contains(urgent);

        for (int i = 0; i < 1_000; i++) {
            turns.add(task("mine", 5, NOON.plusSeconds(9), null));
        }
        int others = 0;
        for (int i = 0; i < 1_000; i++) {
            others += turns.next(NOON).orElseThrow().tenant().equals("other") ? 1 : 0;
        }
        assertThat(others).isBetween((1_000 - Turns.BURST) / 2 - 1, (1_000 - Turns.BURST) / 2 + 1);
    }

    @Example
    void whatBelongsElsewhereNoLongerWaits() {
        Turns<String> turns = new Turns<>(tenant -> 1);
        var stays = task("a", 0, NOON, null);
        turns.add(stays);
        turns.add(task("b", 0, NOON, null));
        turns.add(task("b", 3, NOON, NOON.plusSeconds(9)));
        assertThat(turns.nextDue()).contains(NOON.plusSeconds(9));
        turns.removeIf(one -> one.tenant().equals("b"));
        assertThat(turns.nextDue()).isEmpty();
        assertThat(turns.byTenant()).isEqualTo(Map.of("a", 1));
        assertThat(turns.next(NOON.plusSeconds(10))).contains(stays);
        assertThat(turns.next(NOON.plusSeconds(10))).isEmpty();
    }

    private Candidate<String> task(String tenant, int priority, Instant since, @Nullable Instant startAt) {
        made++;
        return new Candidate<>(new UUID(7, made), tenant, priority, since, startAt, made % 10, "task " + made);
    }
}
