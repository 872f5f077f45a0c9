package consumer;

import dev.cermin.Agent;
import dev.cermin.LoopEvent;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;

@QuarkusMain
public class Main implements QuarkusApplication {
    @Inject
    Agent equations;

    @Override
    public int run(String... arguments) {
        Multi.createFrom()
                .publisher(equations.stream(arguments[0]))
                .subscribe()
                .asStream()
                .forEach(Main::show);
        return 0;
    }

    private static void show(LoopEvent event) {
        switch (event) {
            case LoopEvent.Drafted drafted -> System.out.println(drafted.round() + ": " + drafted.draft().output());
            case LoopEvent.Finished finished ->
                System.out.println(finished.outcome().stop().reason() + ": "
                        + finished.outcome().answer().orElseThrow());
            default -> {}
        }
    }
}
