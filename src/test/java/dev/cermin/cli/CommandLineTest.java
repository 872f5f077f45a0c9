package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cermin.agent.AgentDefinition;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What somebody sees who finds their way around the commands; nothing is started for any of it. */
class CommandLineTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void theHelpNamesEveryCommandOnceAndThoseForANewcomerFirst() {
        Shell help = Shell.run("help");
        assertThat(help.code()).isZero();
        for (String name : Main.commandLine().getSubcommands().keySet()) {
            assertThat(help.out().lines().filter(line -> line.startsWith("  " + name + " ")))
                    .as(name)
                    .hasSize(1);
        }
        assertThat(help.out()).containsSubsequence("Try it", "demo", "ask", "Run the services", "serve", "Exit codes:");
        assertThat(help.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }

    @Test
    void everyCommandExplainsItselfAndHowItEnds() {
        assertExplains(Main.commandLine());
    }

    private static void assertExplains(CommandLine command) {
        command.getSubcommands().forEach((name, sub) -> {
            var spec = sub.getCommandSpec();
            assertThat(spec.usageMessage().description())
                    .as(spec.qualifiedName())
                    .isNotEmpty()
                    // picocli warns in the help of one that is no format
                    .allSatisfy(line -> assertThat(line.formatted()).isNotNull());
            spec.options()
                    .forEach(option -> assertThat(option.description())
                            .as("%s %s", spec.qualifiedName(), option.longestName())
                            .isNotEmpty());
            assertExplains(sub);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            dmeo                            ~ 'dmeo' is no command of cermin; did you mean 'demo'?
            dead-leters list                ~ did you mean 'dead-letters'?
            traces --jsn                    ~ did you mean '--json'?
            status 123                      ~ a task's id is expected
            submit                          ~ AGENT and INPUT are expected, or --lines FILE
            submit equations x --lines y    ~ not both
            traces show                     ~ TASK
            ask equations -3x=9             ~ '-3x=9' is no option of cermin ask; put -- before a text that begins with -
            submit equations -3x=9 --wait   ~ put -- before a text that begins with -
            """)
    void aWrongCallEndsWithTwoAndSaysWhatWasMeant(String call, String said) {
        Shell shell = Shell.run(call.strip().split(" "));
        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err()).startsWith("cermin: ").contains(said).contains("--help");
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void aTextThatBeginsWithAMinusIsTakenBehindTwo() {
        Shell shell = Shell.run("submit", "equations", "--url", "http://127.0.0.1:1", "--", "-3x=9");
        assertThat(shell.err()).contains("No gateway answers at");
        assertThat(Shell.run("ask", "--help").out()).contains("-- \"-3x=9\"");
    }

    @Test
    void agentsAreListedAndShownWithoutAnyService() throws IOException {
        assertThat(Shell.run("agents").out()).contains("equations").contains("Solves linear and quadratic equations");
        JsonNode all = MAPPER.readTree(Shell.run("agents", "list", "--json").out());
        assertThat(all.findValuesAsText("name")).contains("equations", "arithmetic");

        assertThat(Shell.run("agents", "show", "equations").out())
                .contains("3 corrections at most, within 10m")
                .contains("substitution (model mirror)");
        String content = Shell.run("agents", "show", "equations", "--json").out();
        AgentDefinition agent = AgentDefinition.of(content.strip().getBytes(StandardCharsets.UTF_8));
        assertThat(all.findValuesAsText("hash")).contains(agent.hash());

        Shell unknown = Shell.run("agents", "show", "equation");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("did you mean 'equations'?");
    }

    @Test
    void withoutAGatewayTheCommandSaysHowToStartOne() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Shell away = Shell.run("submit", "equations", "2x=4", "--url", "http://127.0.0.1:" + free);
        assertThat(away.code()).isEqualTo(1);
        assertThat(away.err()).contains("No gateway answers at").contains("./cermin serve");
        Shell wrong = Shell.run("traces", "--url", "gateway");
        assertThat(wrong.err()).contains("A URL such as");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(Shell.run("dead-letters", "list", "--limit", "0").code()).isEqualTo(2);
    }

    @Test
    void linesThatAreNoTasksAreAllToldAndNoneIsSubmitted() throws IOException {
        Path lines = folder.resolve("tasks.jsonl");
        Files.writeString(lines, "{\"input\":\"1+1\"}\nnonsense\n\n{\"agent\":\"a\"}\n");
        Shell shell = Shell.run("submit", "--lines", lines.toString(), "--url", "http://127.0.0.1:1");
        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err())
                .contains("Nothing was submitted")
                .contains(lines + ":1: agent is missing")
                .contains(lines + ":2: a JSON object is expected")
                .contains(lines + ":4: input is missing");
    }

    @Test
    void theCompletionScriptCompletesInABash() throws Exception {
        Path script = folder.resolve("completion.sh");
        Files.writeString(script, Shell.run("completion", "bash").out());
        assertThat(completed(script, "cermin", "de")).contains("demo", "dead-letters");
        assertThat(completed(script, "cermin", "dead-letters", "re")).containsExactly("replay");
        assertThat(completed(script, "cermin", "submit", "--wa")).containsExactly("--wait");
    }

    /** What bash offers for the last word. */
    private static List<String> completed(Path script, String... words) throws Exception {
        String line = String.join(" ", words);
        String asks = """
                compopt() { :; } # only bash itself may call it
                source %s
                COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=%d
                _complete_cermin
                printf '%%s\\n' "${COMPREPLY[@]}"
                """.formatted(script, line, words.length - 1, line, line.length());
        Process bash = new ProcessBuilder("bash", "-c", asks)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        return said.lines().map(String::strip).filter(each -> !each.isEmpty()).toList();
    }
}
