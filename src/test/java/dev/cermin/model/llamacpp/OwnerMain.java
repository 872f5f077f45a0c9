package dev.cermin.model.llamacpp;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An application with a supervised server, to be killed. */
final class OwnerMain {
    private OwnerMain() {}

    public static void main(String[] args) throws InterruptedException {
        LlamaChatModel model = LlamaChatModel.builder()
                .command(new LlamaCommand(Path.of(args[0]), Path.of(args[1]), Map.of(), List.of()))
                .logs(Path.of(args[2]))
                .build();
        System.out.println(model.url());
        Thread.currentThread().join();
    }
}
