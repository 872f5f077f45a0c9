package dev.cermin.agent;

import dev.cermin.text.Names;
import dev.cermin.verify.SettingException;
import dev.cermin.verify.VerifierSpec;
import dev.cermin.verify.Verifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the verifiers of an agent file, and makes each once, so that what is amiss is told when the file is read. */
final class VerifierReader {
    private final Verifiers verifiers;

    VerifierReader(Verifiers verifiers) {
        this.verifiers = verifiers;
    }

    /** Items are names, or a name with a mapping of settings. */
    List<VerifierSpec> verifiers(Section file) {
        List<VerifierSpec> specs = new ArrayList<>();
        for (Value item : file.value("verifiers").items()) {
            if (item.node() instanceof Node.Entries) {
                withSettings(item, specs);
            } else if (item.node() instanceof Node.Scalar) {
                String name = item.required();
                if (!name.isEmpty() && known(name, item)) {
                    make(name, item.named(Value.join(item.key(), name)), specs);
                }
            } else {
                item.fault("a verifier's name, or its name and its settings, is expected");
            }
        }
        return specs;
    }

    private void withSettings(Value item, List<VerifierSpec> specs) {
        Section one = item.section();
        if (one.keys().size() != 1) {
            item.fault(
                    "one verifier's name is expected, with its settings indented below it, not the keys %s side by side"
                            .formatted(one.keys()));
            return;
        }
        String name = one.keys().iterator().next();
        Value settings = one.value(name);
        if (!known(name, item)) {
            return;
        }
        if (settings.node() instanceof Node.Entries) {
            make(name, settings, specs);
        } else {
            settings.fault("a mapping of settings is expected; without any, write the name alone: - " + name);
        }
    }

    private boolean known(String name, Value item) {
        if (verifiers.names().contains(name)) {
            return true;
        }
        item.fault("there is no verifier '%s'; known are %s%s"
                .formatted(name, verifiers.names(), Names.hint(name, verifiers.names())));
        return false;
    }

    /** @param at a mapping of settings, or the name alone */
    private void make(String name, Value at, List<VerifierSpec> specs) {
        try {
            Map<String, Object> settings = at.node() instanceof Node.Entries entries ? entries.plain() : Map.of();
            VerifierSpec spec = new VerifierSpec(name, settings);
            verifiers.of(spec);
            specs.add(spec);
        } catch (SettingException e) {
            setting(at, e.key()).fault(e.getMessage());
        } catch (NoClassDefFoundError e) {
            at.fault("verifier '%s' needs a library that is not on the class path: %s".formatted(name, e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            at.fault("verifier '%s' can't be made: %s"
                    .formatted(name, e.getMessage() == null ? e.toString() : e.getMessage()));
        }
    }

    private static Value setting(Value settings, String key) {
        Value setting = key.isEmpty() ? settings : settings.named(Value.join(settings.key(), key));
        return setting.in(line(settings.node(), key, settings.line()));
    }

    /** Of one within another, such as {@code schema.type}: as deep as the file has it. */
    private static int line(@Nullable Node node, String key, int otherwise) {
        if (node instanceof Node.Entries entries) {
            for (var each : entries.all().entrySet()) {
                String name = each.getKey();
                String rest = key.startsWith(name) ? key.substring(name.length()) : "-";
                int line = each.getValue().line();
                if (rest.startsWith(".")) {
                    return line(each.getValue().node(), rest.substring(1), line);
                } else if (rest.isEmpty() || rest.startsWith("[")) {
                    return line;
                }
            }
        }
        return otherwise;
    }
}
