package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.eval.report.Report;
import dev.cermin.testing.TraceFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations of the bundled model, as a user runs them. */
class EvalIT {
    @TempDir
    Path home;

    @Test
    void aRunThatWasKilledGoesOnAndAsksNothingTwice() throws Exception {
        Path out = home.resolve("run");
        String[] command = {
            "eval", "arithmetic", "--limit", "16", "--against", "self-consistency", "--out", out.toString()
        };
        Path results = out.resolve("results.jsonl");
        try (Cermin first = Cermin.start(home, command)) {
            Awaitility.await()
                    .atMost(Cermin.PATIENCE)
                    .until(() ->
                            Files.exists(results) && Files.readAllLines(results).size() > 4);
            first.kill();
        }
        int before = Files.readAllLines(results).size() - 1;
        assertThat(before).isLessThan(32);

        try (Cermin second = Cermin.start(home, command)) {
            assertThat(second.ends()).as(second.output()).isZero();
            assertThat(second.output())
                    .contains("cermin: going on: ")
                    .contains("of 32 were done before")
                    .contains("single shot")
                    .contains("self-consistency")
                    .contains("wrong to right")
                    .contains("McNemar");
        }
        List<String> lines = Files.readAllLines(results);
        assertThat(lines).hasSize(33);
        assertThat(lines.stream()
                        .skip(1)
                        .map(line -> line.replaceAll(".*\"item\":\"([^\"]*)\",\"method\":\"([^\"]*)\".*", "$1 $2")))
                .doesNotHaveDuplicates();

        Report report = Report.read(Files.readString(out.resolve("report.json")));
        assertThat(report.partial()).isFalse();
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("traces/")
                .contains("<svg");
        try (Stream<Path> traces = Files.list(out.resolve("traces"))) {
            List<Path> all = traces.toList();
            assertThat(all).hasSizeGreaterThanOrEqualTo(32);
            // its chain is verified when it is read
            assertThat(TraceFixture.read(all.getFirst()).steps()).hasSizeGreaterThan(2);
        }

        try (Cermin compared = Cermin.start(home, "eval", "compare", out.toString(), out.toString())) {
            assertThat(compared.ends()).as(compared.output()).isZero();
            assertThat(compared.output()).contains("No significant difference");
        }
        try (Cermin again = Cermin.start(home, command)) {
            assertThat(again.ends()).as(again.output()).isZero();
            assertThat(again.output()).contains("32 of 32 were done before");
        }
    }

    @Test
    void overKafkaItsTracesAreStoredAndMakeAReportOfTheirOwn() throws Exception {
        Path out = home.resolve("over-kafka");
        try (Cermin run = Cermin.start(
                home, "eval", "equations", "--limit", "8", "--seed", "3", "--over-kafka", "--out", out.toString())) {
            assertThat(run.ends()).as(run.output()).isZero();
            assertThat(run.output()).contains("linear").contains("quadratic").contains("kafka");
        }
        Report carried = Report.read(Files.readString(out.resolve("report.json")));

        Path stored = home.resolve("stored");
        try (Cermin traces = Cermin.start(home, "eval", "traces", "--agent", "equations", "--out", stored.toString())) {
            assertThat(traces.ends()).as(traces.output()).isZero();
            assertThat(traces.output()).contains("8 tasks counted");
        }
        // the agent's verifier decides as the suite's scorer does
        assertThat(Report.read(Files.readString(stored.resolve("report.json"))).accuracy())
                .isEqualTo(carried.accuracy());

        Path labels = home.resolve("labels.jsonl");
        String task = carried.items()
                .getFirst()
                .by()
                .values()
                .iterator()
                .next()
                .task()
                .toString();
        Files.writeString(labels, "{\"task\": \"%s\", \"right\": false, \"by\": \"Siti\"}%n".formatted(task));
        String[] reviewed = {"eval", "traces", "--agent", "equations", "--labels", labels.toString()};
        try (Cermin labelled = Cermin.start(home, and(reviewed, "--json", "--fail-under", "100"))) {
            assertThat(labelled.ends()).as(labelled.output()).isEqualTo(3);
            assertThat(labelled.output()).contains("wrong, says Siti").contains("fewer than the 100.0 % asked for");
        }
        Files.writeString(labels, "{\"task\": \"%s\"}%nnonsense%n".formatted(task));
        try (Cermin bad = Cermin.start(home, "eval", "traces", "--agent", "equations", "--labels", labels.toString())) {
            assertThat(bad.ends()).as(bad.output()).isEqualTo(1);
            assertThat(bad.output())
                    .contains("labels.jsonl:1: right is missing")
                    .contains("labels.jsonl:2: ");
        }
    }

    @Test
    void whatIsWrongWithACallIsToldBeforeAnythingIsAsked() throws Exception {
        try (Cermin none = Cermin.start(home, "eval")) {
            assertThat(none.ends()).isEqualTo(1);
            assertThat(none.output()).contains("Which suite? Known are:").contains("gsm8k");
        }
        try (Cermin unknown = Cermin.start(home, "eval", "gsm8", "--data", home.toString())) {
            assertThat(unknown.ends()).isEqualTo(1);
            assertThat(unknown.output()).contains("There is no suite 'gsm8'").contains("gsm8k");
        }
        Path data = Files.createDirectories(home.resolve("data/gsm8k"));
        Files.writeString(data.resolve("test.jsonl"), "{\"question\": \"How many?\"}\n");
        try (Cermin broken = Cermin.start(home, "eval", "gsm8k", "--data", data.toString(), "--agent", "arithmetic")) {
            assertThat(broken.ends()).isEqualTo(1);
            assertThat(broken.output()).contains("test.jsonl:1").contains("answer");
        }
    }

    private static String[] and(String[] command, String... more) {
        return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
    }
}
