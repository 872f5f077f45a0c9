package dev.cermin.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder with prompts, into which a test writes its agents. */
abstract class AgentFolder {
    static final String GOOD = """
            name: sums
            version: 1
            models:
              generate: small
            prompts:
              generate: sums/generate@1
              correct: sums/correct@1
            verifiers: [arithmetic]
            critics:
              - name: doubter
                prompt: sums/reflect@1
            policy:
              rounds: 3
              timeout: 30s
            """;

    @TempDir
    Path root;

    @BeforeEach
    void prompts() {
        write("prompts/sums/generate@1.yaml", "user: \"{{input}}\"\n");
        write(
                "prompts/sums/correct@1.yaml",
                "system: Be right.\nuser: \"{{input}} {{draft}} {{checks}} {{critique}}\"\n");
        write("prompts/sums/reflect@1.yaml", "user: \"{{input}} {{draft}}\"\n");
    }

    Agents agents() {
        return Agents.ofFolder(root);
    }

    String file() {
        return root.resolve("agents/sums.yaml").toString();
    }

    AgentDefinition read(String text) {
        write("agents/sums.yaml", text);
        return agents().named("sums");
    }

    List<Fault> faults(String text) {
        write("agents/sums.yaml", text);
        AgentFileException thrown = catchThrowableOfType(AgentFileException.class, this::agents);
        assertThat(thrown).as("the file is refused").isNotNull();
        return thrown.faults();
    }

    /** There is such a fault of the agent's file, and it stands so in the exception's message. */
    void assertFault(String text, int line, String key, String message) {
        List<Fault> faults = faults(text);
        assertThat(faults).anySatisfy(fault -> {
            assertThat(fault).extracting(Fault::file, Fault::line, Fault::key).containsExactly(file(), line, key);
            assertThat(fault.message()).startsWith(message);
        });
        assertThat(new AgentFileException(faults))
                .hasMessageContaining(file() + ":" + line + ": " + key + ": " + message);
    }

    void write(String path, String text) {
        try {
            Files.createDirectories(root.resolve(path).getParent());
            Files.writeString(root.resolve(path), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
