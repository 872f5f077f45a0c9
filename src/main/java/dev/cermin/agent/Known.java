package dev.cermin.agent;

import dev.cermin.text.Names;
import dev.cermin.verify.Verifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What agent files can refer to.
 *
 * @param models null where it isn't known which there are: then every name will do
 */
record Known(
        Verifiers verifiers, Set<String> tools, @Nullable Set<String> models) {
    Known {
        tools = new TreeSet<>(tools);
        models = models == null ? null : new TreeSet<>(models);
    }

    /** The name of a model that must be given. */
    String model(Value value) {
        String name = value.required();
        if (models != null && !name.isEmpty() && !models.contains(name)) {
            value.fault(
                    "there is no model '%s'; configured are %s%s".formatted(name, models, Names.hint(name, models)));
        }
        return name;
    }

    String model(Value value, String otherwise) {
        return value.there() ? model(value) : otherwise;
    }

    /** The names of a list of tools. */
    List<String> tools(Value value) {
        List<String> names = new ArrayList<>();
        for (Value item : value.items()) {
            String name = item.required();
            if (name.isEmpty()) {
                continue;
            }
            if (names.contains(name)) {
                item.fault("'%s' stands in the list already".formatted(name));
            } else if (tools.isEmpty()) {
                item.fault(
                        "there is no tool '%s': none are known here; hand them to Agents.of(source, verifiers, tools)"
                                .formatted(name));
            } else if (!tools.contains(name)) {
                item.fault("there is no tool '%s'; known are %s%s".formatted(name, tools, Names.hint(name, tools)));
            }
            names.add(name);
        }
        return names;
    }
}
