package dev.cermin.cli;

import dev.cermin.bench.EngineRun;
import dev.cermin.dispatch.Dispatch;
import dev.cermin.dispatch.Rules;
import dev.cermin.embedded.CerminHome;
import dev.cermin.model.ConfiguredModels;
import dev.langchain4j.model.chat.ChatModel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "engine",
        description = {
            "Measures tokens a second of loops, as a ratio to the same requests sent to the engine directly.",
            "Of a llama-server it also tells how many slots work, and how much of the prompts comes from its cache.",
            "Without an option the engine is Jlama with the bundled model."
        },
        mixinStandardHelpOptions = true)
final class BenchEngineCommand implements Callable<Integer> {
    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Option(names = "--concurrency", split = ",", paramLabel = "N", description = "Loops at once; default: 1,4,16")
    private List<Integer> concurrency = List.of(1, 4, 16);

    @Option(
            names = "--loops",
            paramLabel = "N",
            description = "Of a round; default: as many as run at once, and at least 4")
    private int loops;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "Of an answer; default: as many as the agent allows, 280")
    private int maxTokens;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Of either kind, short ones that take turns; default: ${DEFAULT-VALUE}")
    private int rounds = 40;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        try (ConfiguredModels models = new ConfiguredModels(
                Map.of("engine", engine.settings()), CerminHome.resolve().resolve("cache"))) {
            ChatModel chat = models.named("engine").chat();
            try (Dispatch dispatch =
                    Dispatch.builder().model("engine", Rules.DEFAULT, chat).build()) {
                new EngineRun(chat, dispatch.named("engine").chat(), maxTokens).run(concurrency, loops, rounds);
            }
            return 0;
        } catch (RuntimeException e) {
            System.err.println("cermin: " + Application.reason(e));
            return 1;
        }
    }
}
