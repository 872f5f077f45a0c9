package dev.cermin.wiring;

import dev.cermin.agent.Agents;
import dev.cermin.agent.Source;
import dev.cermin.config.CerminConfig;
import dev.cermin.model.ConfiguredModels;
import dev.cermin.model.ModelSettings;
import dev.cermin.model.Models;
import dev.cermin.model.Price;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.Verifiers;
import io.quarkus.arc.All;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The parts that services share. An application replaces one by producing its own. */
final class Parts {

    /** Those that come with Cermin, and every {@link Verifier} bean. */
    @Produces
    @Singleton
    @DefaultBean
    Verifiers verifiers(@All List<Verifier> own) {
        Verifiers verifiers = Verifiers.standard();
        for (Verifier verifier : own) {
            verifiers = verifiers.with(verifier);
        }
        return verifiers;
    }

    @Produces
    @Singleton
    @DefaultBean
    Agents agents(CerminConfig config, Verifiers verifiers) {
        return Agents.of(config.folder().map(Source::folder).orElseGet(Source::classPath), verifiers);
    }

    @Produces
    @Singleton
    @DefaultBean
    Models models(CerminConfig config) {
        Map<String, ModelSettings> settings = new TreeMap<>();
        config.models().forEach((name, model) -> settings.put(name, settings(model)));
        return new ConfiguredModels(settings, config.cache());
    }

    void close(@Disposes Models models) {
        if (models instanceof ConfiguredModels made) {
            made.close();
        }
    }

    private static ModelSettings settings(CerminConfig.Model model) {
        return new ModelSettings(
                model.provider(),
                model.path().orElse(null),
                model.baseUrl().orElse(null),
                model.apiKey().orElse(null),
                model.model().orElse(null),
                model.timeout(),
                model.maxRetries(),
                new Price(model.priceIn(), model.priceOut()));
    }
}
