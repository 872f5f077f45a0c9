package consumer;

import dev.cermin.Agent;
import dev.cermin.model.jlama.BundledModel;
import dev.cermin.model.jlama.JlamaChatModel;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Agents and their model as beans. */
class Agents {
    @Produces
    @Singleton
    JlamaChatModel model() {
        return JlamaChatModel.builder().folder(BundledModel.unpack(Path.of("target/models"))).build();
    }

    void close(@Disposes JlamaChatModel model) {
        model.close();
    }

    @Produces
    @Singleton
    Agent equations(JlamaChatModel model) {
        return Agent.named("equations", model);
    }
}
