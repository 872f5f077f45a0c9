package dev.cermin.agent;

import dev.cermin.policy.Policy;
import dev.cermin.verify.Verifiers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Changes to a policy, written as the keys of agent files: {@code rounds=1}, {@code acceptance.threshold=0.7}. */
public final class PolicyChange {
    private final List<String> changes;

    /** @param changes each a key, its dots for the nesting, {@code =}, and a value of YAML */
    public PolicyChange(List<String> changes) {
        this.changes = List.copyOf(changes);
    }

    /**
     * The policy with the changes; what they don't name stays.
     *
     * @param critics the names of the agent's
     * @throws IllegalArgumentException where a key isn't known or a value doesn't fit, with all that is wrong
     */
    public Policy of(Policy policy, List<String> critics) {
        List<Fault> faults = new ArrayList<>();
        Node node = Yaml.read("policy", yaml(), faults);
        if (node instanceof Node.Entries entries) {
            Section section = new Section(new Value("policy", "", 1, entries, faults));
            Policy changed = new PolicyReader(new Known(Verifiers.standard(), Set.of(), null), policy)
                    .policy(section, new TreeSet<>(critics));
            if (faults.isEmpty()) {
                return changed;
            }
        }
        throw new IllegalArgumentException(
                faults.isEmpty()
                        ? "A change of the policy is KEY=VALUE as in agent files, such as rounds=1, not %s"
                                .formatted(changes)
                        : faults.stream()
                                .map(fault ->
                                        fault.key().isEmpty() ? fault.message() : fault.key() + ": " + fault.message())
                                .collect(Collectors.joining("; ")));
    }

    private String yaml() {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (String change : changes) {
            int equals = change.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "A change of the policy is KEY=VALUE as in agent files, such as rounds=1, not '%s'"
                                .formatted(change));
            }
            put(
                    tree,
                    change.substring(0, equals).strip(),
                    change.substring(equals + 1).strip());
        }
        return flow(tree);
    }

    @SuppressWarnings("unchecked") // it puts maps there itself
    private static void put(Map<String, Object> tree, String key, String value) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            tree.put(key, value);
        } else {
            Object inner = tree.computeIfAbsent(key.substring(0, dot), name -> new LinkedHashMap<String, Object>());
            if (!(inner instanceof Map)) {
                throw new IllegalArgumentException("'%s' has a value, and so no key '%s'"
                        .formatted(key.substring(0, dot), key.substring(dot + 1)));
            }
            put((Map<String, Object>) inner, key.substring(dot + 1), value);
        }
    }

    private static String flow(Map<?, ?> tree) {
        return tree.entrySet().stream()
                .map(entry -> entry.getKey() + ": "
                        + (entry.getValue() instanceof Map<?, ?> inner ? flow(inner) : entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
