package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.fixture.Endpoint;
import dev.cermin.fixture.Endpoint.Reply;
import dev.cermin.testing.TraceFixture;
import dev.cermin.tune.Correction;
import dev.cermin.tune.lines.Lines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cermin tune select}, as a user runs it. */
class TuneIT {
    /** For either of the teacher's agents. */
    private static final String REPLY =
            "[Better Answer] x=2 [New Instruction] 2x-1=3 [End]\n[New Answer] 2*2=4,4-1=3 [End]";

    @TempDir
    Path home;

    private static Map<String, String> teacher(String url) {
        Map<String, String> environment = new HashMap<>();
        environment.put("CERMIN_MODELS_BIG_PROVIDER", "openai");
        environment.put("CERMIN_MODELS_BIG_MODEL", "test");
        environment.put("CERMIN_MODELS_BIG_API_KEY", "sk-none");
        environment.put("CERMIN_MODELS_BIG_BASE_URL", url);
        environment.put("CERMIN_MODELS_BIG_MAX_RETRIES", "0");
        return environment;
    }

    private String[] command(Path out) throws Exception {
        String lines = IntStream.range(0, 30)
                .mapToObj(i -> "{\"instruction\": \"%dx-1=3\", \"output\": \"x=%d\"}".formatted(i + 3, i))
                .collect(Collectors.joining("\n", "", "\nbroken\n"));
        Path data = Files.writeString(home.resolve("data.jsonl"), lines);
        return new String[] {
            "tune",
            "select",
            "--in",
            data.toString(),
            "--teacher",
            "big",
            "--student",
            "mirror",
            "--template",
            "own",
            "--out",
            out.toString()
        };
    }

    @Test
    void aSelectionThatWasKilledGoesOnAndAsksNothingTwice() throws Exception {
        Path out = home.resolve("out");
        String[] command = command(out);
        Path asked = out.resolve("2-instructions-asked.jsonl");
        try (Endpoint endpoint = new Endpoint(request -> {
            sleep();
            return Reply.saying(REPLY);
        })) {
            try (Cermin first = Cermin.start(home, teacher(endpoint.url()), command)) {
                Awaitility.await()
                        .atMost(Cermin.PATIENCE)
                        .until(() ->
                                Files.exists(asked) && Files.readAllLines(asked).size() > 4);
                first.kill();
            }
            assertThat(Files.readAllLines(asked)).hasSizeLessThan(31);
            int before = Files.readAllLines(asked).size();

            try (Cermin second = Cermin.start(home, teacher(endpoint.url()), command)) {
                assertThat(second.ends()).as(second.output()).isIn(0, 3);
                assertThat(second.output())
                        .contains("broken records, set aside with lines and reasons: 1")
                        .contains("student on samples: 30 of 30 were done before")
                        .containsPattern("teacher on instructions: \\d+ of 30 were done before")
                        .containsPattern("instructions reflected on +\\| +30")
                        .contains("kept");
            }
            assertThat(before).isGreaterThan(4);
            // the one that was under way is asked again
            assertThat(endpoint.requests()).isBetween(60, 61);
        }
        for (String stage :
                List.of("1-scores", "2-instructions-asked", "3-instructions", "4-responses-asked", "5-responses")) {
            List<String> lines = Files.readAllLines(out.resolve(stage + ".jsonl"));
            assertThat(lines).as(stage).hasSize(31);
            assertThat(lines.stream().skip(1).map(line -> line.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1")))
                    .doesNotHaveDuplicates();
        }
        assertThat(Files.readAllLines(out.resolve("1-scores.jsonl")).getFirst())
                .contains("\"student\":\"mirror (jlama: its default), own, 2048 tokens\"");
        int decided = Files.readAllLines(out.resolve("selected.jsonl")).size()
                + Files.readAllLines(out.resolve("dropped.jsonl")).size();
        assertThat(decided).isEqualTo(30);
        try (Stream<Path> traces = Files.list(out.resolve("traces"))) {
            List<Path> all = traces.toList();
            assertThat(all).hasSize(60);
            // its chain is verified when it is read
            assertThat(TraceFixture.read(all.getFirst()).outcome().agent()).startsWith("tune-");
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(60);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aTeacherThatIsAwayIsToldWithWhatToDo() throws Exception {
        String[] command = command(home.resolve("out"));
        try (Endpoint endpoint = new Endpoint(request -> Reply.failing(503, "overloaded"));
                Cermin away = Cermin.start(home, teacher(endpoint.url()), command)) {
            assertThat(away.ends()).as(away.output()).isEqualTo(1);
            assertThat(away.output())
                    .contains("5 samples in a row failed")
                    .contains("overloaded")
                    .contains("give the same command again")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void whatCannotBeMeantIsToldBeforeAnythingIsRead() throws Exception {
        Path nowhere = home.resolve("nowhere.jsonl");
        try (Cermin none = Cermin.start(
                home, "tune", "select", "--in", nowhere.toString(), "--teacher", "mirror", "--student", "mirror")) {
            assertThat(none.ends()).as(none.output()).isEqualTo(1);
            assertThat(none.output()).contains("there is no such file or folder; 'traces' are those that are stored");
        }
        try (Cermin none = Cermin.start(
                home, "tune", "select", "--in", nowhere.toString(), "--teacher", "big", "--student", "mirror")) {
            assertThat(none.ends()).as(none.output()).isEqualTo(1);
            assertThat(none.output()).contains("'big'");
        }
    }

    @Test
    void storedTracesAreSelectedOverKafka() throws Exception {
        try (Cermin ran = Cermin.start(home, "eval", "arithmetic", "--limit", "20", "--over-kafka")) {
            assertThat(ran.ends()).as(ran.output()).isZero();
        }
        Path out = home.resolve("out");
        String[] command = {
            "tune",
            "select",
            "--in",
            "traces",
            "--agent",
            "arithmetic",
            "--corrections-only",
            "--limit",
            "3",
            "--teacher",
            "big",
            "--student",
            "mirror",
            "--template",
            "own",
            "--over-kafka",
            "--out",
            out.toString()
        };
        try (Endpoint endpoint = new Endpoint(request -> Reply.saying(REPLY));
                Cermin selected = Cermin.start(home, teacher(endpoint.url()), command)) {
            assertThat(selected.ends()).as(selected.output()).isIn(0, 3);
            assertThat(selected.output()).containsPattern("instructions reflected on +\\| +3");
        }
        assertThat(Files.readAllLines(out.resolve("samples.jsonl")))
                .hasSize(3)
                .allMatch(line -> line.contains("\"name\":\"traces\""));
        assertThat(Files.readAllLines(out.resolve("corrections.jsonl")).stream().map(Lines::correction))
                .hasSize(3)
                .extracting(Correction::judge)
                .containsOnly(Correction.Judge.VERIFIER);
        try (Stream<Path> traces = Files.list(out.resolve("traces"))) {
            assertThat(traces).hasSize(6);
        }
    }
}
