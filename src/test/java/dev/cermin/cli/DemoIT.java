package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job as a newcomer meets it: the packaged application, an empty home, the bundled model. */
class DemoIT {
    @TempDir
    Path home;

    @Test
    void theDemoShowsEachLoopAndSumsUpAndItsTracesVerify() throws Exception {
        String task;
        try (Cermin demo = Cermin.start(home, "demo", "--once")) {
            assertThat(demo.ends()).as(demo.output()).isZero();
            assertThat(demo.output())
                    .contains("1/9  equations  2x^2+5x-3=0")
                    .containsPattern("critique +%9 47=2,.* bad;.*\n.*correct +1786\n.*passes +47\\*38 = 1786")
                    .containsPattern("\\| product +\\| +0 of 2 \\| +2 of 2 \\|")
                    .containsPattern("\\| all +\\| +4 of 9 \\| +9 of 9 \\|");
            Matcher id = Pattern.compile("cermin verify (\\S+)").matcher(demo.output());
            assertThat(id.find()).isTrue();
            task = id.group(1);
        }

        // nothing runs now: the command starts the Postgres of the home to read the trace
        try (Cermin verify = Cermin.start(home, "verify", task)) {
            assertThat(verify.ends()).as(verify.output()).isZero();
            assertThat(verify.output()).contains(task + ": intact, ");
        }
    }

    @Test
    void oneOfTheUsersOwnIsAnsweredAndTheServicesStayUpUntilTheyAreStopped() throws Exception {
        try (Cermin demo = Cermin.start(home, "demo", "--ask", "9x-15=21")) {
            demo.says("The services stay up; Ctrl-C stops them.");
            assertThat(demo.output()).contains("stop      accepted  x=4");
            assertThat(demo.get("/traces").body()).contains("accepted").contains("<bdi>equations</bdi>");

            String task = demo.submit("arithmetic", "34*12");
            try (Cermin verify = Cermin.start(home, "verify", task)) {
                assertThat(verify.ends())
                        .as("beside the running demo: " + verify.output())
                        .isZero();
            }

            var children = demo.children();
            assertThat(children).isNotEmpty();
            demo.stop();
            demo.ends();
            assertThat(children).as("the stores stop with it").noneMatch(ProcessHandle::isAlive);
        }
    }
}
