package dev.cermin.eval.suite;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.AgentFileException;
import dev.cermin.agent.Fault;
import dev.cermin.agent.Section;
import dev.cermin.eval.Item;
import dev.cermin.eval.Suite;
import dev.cermin.verify.Verifiers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A user's own cases: a YAML file with a list of them ({@code .yaml}, {@code .yml}), or JSON Lines, one a line
 * ({@code .jsonl}). A YAML file may hold 10,000 values, some 2,000 cases; JSON Lines have no such limit. Needs
 * snakeyaml-engine on the class path.
 *
 * <pre>{@code
 * - id: apples
 *   category: shopping
 *   input: Five apples cost 3 €. What do 20 apples cost?
 *   contains: [12, €]
 * - id: capital
 *   input: What is the capital of Malaysia? One word.
 *   equals: Kuala Lumpur
 * - id: haiku
 *   input: A haiku about autumn
 *   gold: three lines, none of which has a comma
 *   verifiers:
 *     - punctuation-no-comma
 *     - length: {unit: lines, min: 3, max: 3}
 * }</pre>
 *
 * <p>{@code id}, unique, and {@code input} must be there; {@code category} is by default the file's name without its
 * ending. What is expected is said by one of these or more, and all must hold: {@code equals}, the answer without white
 * space around it; {@code contains}, a text or several; {@code matches}, a pattern for the whole answer; and
 * {@code verifiers} as in agent files. {@code gold}, for a reader, is by default what they say. {@code metadata}, texts by
 * name, goes to the verifiers of the case, and with the task to those of the agent: what stands there, such as the
 * {@code tests} of a program, the loop may be led by; what stands in the settings of the case's own verifiers, it does not see.
 */
public final class Cases {
    static final String PROMPTING = "own cases: the input as it is; right is what all of a case's checks let pass";

    private Cases() {}

    /**
     * The cases of a file, with the verifiers of the class path.
     *
     * @throws AgentFileException with every fault of the file: file, line, key, and what was expected
     */
    public static Suite read(Path file) {
        return read(file, Verifiers.standard());
    }

    /**
     * The same with these verifiers.
     *
     * @throws AgentFileException with every fault of the file: file, line, key, and what was expected
     */
    public static Suite read(Path file, Verifiers verifiers) {
        List<Fault> faults = new ArrayList<>();
        String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        Map<String, Integer> lines = new HashMap<>();
        List<Item> items = new ArrayList<>();
        for (Section section : Section.listOf(file, faults)) {
            int before = faults.size();
            CaseReader reader = new CaseReader(section, verifiers);
            Item item = reader.read(name);
            if (!reader.expects() && faults.size() == before) {
                section.fault("verifiers", "is empty; a list of verifiers is expected");
            }
            Integer earlier = lines.putIfAbsent(item.id(), section.line());
            if (earlier != null && !item.id().isEmpty()) {
                section.fault("id", "'%s' is the id of the case in line %d already".formatted(item.id(), earlier));
            }
            items.add(item);
        }
        if (items.isEmpty() && faults.isEmpty()) {
            faults.add(new Fault(file.toString(), 0, "", "there are no cases; a list of them is expected"));
        }
        if (!faults.isEmpty()) {
            throw new AgentFileException(faults);
        }
        return new Suite(name, source(file), PROMPTING, items);
    }

    /** With a hash: what a case expects can't be told from its texts alone, and another file is another suite. */
    private static String source(Path file) {
        try {
            return "%s, SHA-256 %s".formatted(file.getFileName(), AgentDefinition.hash(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("The cases can't be read again from " + file, e);
        }
    }
}
