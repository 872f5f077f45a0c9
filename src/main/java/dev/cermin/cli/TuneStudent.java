package dev.cermin.cli;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.model.ModelSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Tells one student from another, which may have the same name in a configuration that was changed. */
final class TuneStudent {
    private TuneStudent() {}

    /** Its endpoint as a hash, as it may hold secrets. */
    static String shown(String name, ModelSettings settings, String template, int mostTokens) {
        String model = settings.model() == null ? "its default" : settings.model();
        String which = settings.path() == null ? model : settings.path() + " " + model;
        URI url = settings.baseUrl();
        String at = url == null
                ? ""
                : " at "
                        + AgentDefinition.hash(url.toString().getBytes(StandardCharsets.UTF_8))
                                .substring(0, 8);
        return "%s (%s: %s%s), %s, %d tokens".formatted(name, settings.provider(), which, at, template, mostTokens);
    }
}
