package dev.cermin.readme;

import dev.cermin.Agent;
import dev.cermin.loop.Attempt;
import dev.cermin.model.jlama.BundledModel;
import dev.cermin.model.jlama.JlamaChatModel;
import java.nio.file.Path;

/** The README's example, as it stands there. */
final class HelloReflection {
    private HelloReflection() {}

    // README:begin
    public static void main(String... args) {
        var folder = BundledModel.unpack(Path.of("target/models"));
        try (var model = JlamaChatModel.builder().folder(folder).build()) {
            var outcome = Agent.named("equations", model).run("9x-15=21");
            outcome.attempts().stream().map(Attempt::verdict).forEach(System.out::println);
            System.out.println(outcome.stop().reason() + ": " + outcome.answer().orElseThrow());
        }
    }
    // README:end
}
