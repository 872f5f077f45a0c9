package dev.cermin.wiring;

import dev.cermin.agent.Agents;
import dev.cermin.agent.Source;
import dev.cermin.config.CerminConfig;
import dev.cermin.config.FlowConfig;
import dev.cermin.dispatch.Dispatch;
import dev.cermin.model.ConfiguredModels;
import dev.cermin.model.Models;
import dev.cermin.tool.Tools;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.Verifiers;
import io.quarkus.arc.All;
import io.quarkus.arc.DefaultBean;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.List;

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

    /**
     * The agents of the folder that is set, else of the class path. Those of a folder may only name models that are
     * configured. Not so those of the class path, which brings some for models that one may well do without; nor where
     * models are not called, or not for every role, or are the application's own beans: then it isn't known which.
     */
    @Produces
    @Singleton
    @DefaultBean
    Agents agents(CerminConfig config, Verifiers verifiers, Models models) {
        if (config.folder().isEmpty()) {
            return Agents.of(Source.classPath(), verifiers);
        }
        Source folder = Source.folder(config.folder().get());
        return models instanceof Dispatch configured && callsAll(config)
                ? Agents.of(folder, verifiers, Tools.NONE, configured.names())
                : Agents.of(folder, verifiers);
    }

    private static boolean callsAll(CerminConfig config) {
        return config.plays(CerminConfig.ServiceRole.WORKER)
                && config.lanes().values().stream().allMatch(FlowConfig.Lane::enabled);
    }

    @Produces
    @Singleton
    @DefaultBean
    Models models(CerminConfig config, ConfiguredModels engines) {
        return ModelParts.of(config, engines);
    }

    /** The engines themselves, for what is no chat: a student's scores. */
    @Produces
    @Singleton
    @DefaultBean
    @Unremovable
    @Typed(ConfiguredModels.class)
    ConfiguredModels engines(CerminConfig config) {
        return ModelParts.engines(config);
    }

    void close(@Disposes ConfiguredModels engines) {
        engines.close();
    }

    void close(@Disposes Models models) {
        if (models instanceof Dispatch made) {
            made.close();
        }
    }
}
