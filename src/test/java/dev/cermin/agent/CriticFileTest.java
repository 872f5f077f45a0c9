package dev.cermin.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.critique.CritiqueFormat;
import dev.cermin.tool.Tools;
import dev.cermin.verify.Verifiers;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriticFileTest extends AgentFolder {
    private static final Tools TOOLS = tool("search").with(tool("weigh"));

    private static Tools tool(String name) {
        return Tools.of(ToolSpecification.builder().name(name).build(), arguments -> "");
    }

    @Override
    Agents agents() {
        return Agents.of(Source.folder(root), Verifiers.standard(), TOOLS);
    }

    @Test
    void aCriticJudgesByARubricOrByAPrompt() {
        AgentDefinition agent = read(with("""
                  - name: judge
                    rubric: [It is right., "It names {{input}}."]
                  - name: strict
                    rubric:
                      - It is short.
                    reads: json
                    model: large
                    tools: [search, weigh]
                  - name: doubter
                    prompt: sums/reflect@1
                    reads: json
                    tools: [search]
                """));

        assertThat(agent.critics().subList(0, 2))
                .containsExactly(
                        Critic.judge("judge", "small", "It is right.", "It names {{input}}."),
                        Critic.judge("strict", "large", "It is short.").withTools("search", "weigh"));
        assertThat(agent.critic("doubter").reads()).isEqualTo(CritiqueFormat.JSON);
        assertThat(agent.critic("doubter").tools()).containsExactly("search");
        assertThat(agent.tools()).isEmpty();
    }

    @Test
    void draftsAreWrittenWithTheAgentsTools() {
        AgentDefinition agent = read(GOOD.replace("version: 1", "version: 1\ntools: [weigh, search]"));

        assertThat(agent.tools()).containsExactly("weigh", "search");
        assertThat(agent.critic("doubter").tools()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            - nane: a            | 10 | critics[0].name | is missing
            - nane: a            | 10 | critics[0].nane | is not a key here; known are [model, name, prompt, reads, rubric, tools]; did you mean 'name'?
            - name: a            | 10 | critics[0].prompt | is missing; a critic has a prompt, or a rubric: a list of criteria
            "- name: a\n    prompt: sums/reflect@1\n    rubric: [b]" | 12 | critics[0].rubric | stands beside a prompt; a critic has one or the other
            "- name: a\n    rubric: b"      | 11 | critics[0].rubric | a list is expected
            "- name: a\n    rubric: []"     | 11 | critics[0].rubric | is empty; at least one criterion is expected
            "- name: a\n    rubric: [b, '']" | 11 | critics[0].rubric[1] | is empty
            "- name: a\n    rubric: ['{{critique}}']" | 11 | critics[0].rubric[0] | {{critique}} is not a variable here; known are [checks, draft, input, thinking]
            "- name: a\n    rubric: [b]\n    reads: tagged" | 12 | critics[0].reads | a rubric is answered as json, so json is expected, not tagged
            "- name: a\n    rubric: [b]\n    reads: jason" | 12 | critics[0].reads | one of [computation, tagged, json] is expected, not 'jason'; did you mean 'json'?
            "- name: a\n    rubric: [b]\n    tools: search" | 12 | critics[0].tools | a list is expected
            "- name: a\n    rubric: [b]\n    tools:\n      - search\n      - wiegh" | 14 | critics[0].tools[1] | there is no tool 'wiegh'; known are [search, weigh]; did you mean 'weigh'?
            "- name: a\n    rubric: [b]\n    tools: [search, search]" | 12 | critics[0].tools[1] | 'search' stands in the list already
            "- name: a\n    rubric: [b]\n    tools: [[search]]" | 12 | critics[0].tools[0] | a single value is expected
            "- name: a\n    rubric: [b]\n  - name: a\n    rubric: [c]" | 12 | critics[1].name | 'a' is the name of an earlier critic
            - doubter            | 10 | critics[0] | a mapping of keys to values is expected
            """)
    void aFaultIsToldWithItsKey(String bad, int line, String key, String message) {
        assertFault(with("  " + bad.replace("\\n", "\n") + "\n"), line, key, message);
    }

    @Test
    void whereNoToolsAreKnownTheFaultSaysHowToHandThemIn() {
        write("agents/sums.yaml", GOOD.replace("version: 1", "version: 1\ntools: [search]"));

        AgentFileException thrown = catchThrowableOfType(AgentFileException.class, () -> Agents.ofFolder(root));
        assertThat(thrown.faults())
                .isEqualTo(
                        List.of(
                                new Fault(
                                        file(),
                                        3,
                                        "tools[0]",
                                        "there is no tool 'search': none are known here; hand them to Agents.of(source, verifiers, tools)")));
    }

    private static String with(String critics) {
        return GOOD.replace("  - name: doubter\n    prompt: sums/reflect@1\n", critics);
    }
}
