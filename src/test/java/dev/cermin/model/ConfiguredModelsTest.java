package dev.cermin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that take their time to be made. */
class ConfiguredModelsTest {
    @TempDir
    Path cache;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final AtomicInteger closed = new AtomicInteger();

    private final class Engine implements ChatModel, AutoCloseable {
        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    /** The model that is called slow takes its time. */
    private final class Provider implements ModelProvider {
        @Override
        public String name() {
            return "fake";
        }

        @Override
        public ChatModel make(String model, ModelSettings settings, Path folder) {
            if (model.equals("slow")) {
                begun.countDown();
                try {
                    loaded.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return new Engine();
        }
    }

    private ConfiguredModels models(int others) {
        Map<String, ModelSettings> settings = new TreeMap<>();
        ModelSettings fake = ModelSettings.builder("fake").build();
        settings.put("slow", fake);
        for (int i = 0; i < others; i++) {
            settings.put("other" + i, fake);
        }
        return new ConfiguredModels(settings, cache, List.of(new Provider()));
    }

    @Test
    void oneThatIsLoadingHoldsUpNoOther() throws Exception {
        int others = 200;
        try (ConfiguredModels models = models(others)) {
            CompletableFuture<Model> slow =
                    CompletableFuture.supplyAsync(() -> models.named("slow"), Thread::startVirtualThread);
            begun.await();
            CompletableFuture<Void> all = CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < others; i++) {
                            models.named("other" + i);
                        }
                    },
                    Thread::startVirtualThread);
            all.get(20, TimeUnit.SECONDS);
            loaded.countDown();
            assertThat(slow.get()).isSameAs(models.named("slow"));
        }
        assertThat(closed).hasValue(others + 1);
    }

    @Test
    void oneThatIsLoadedAfterTheEndIsClosedToo() throws Exception {
        CompletableFuture<Model> slow;
        try (ConfiguredModels models = models(0)) {
            slow = CompletableFuture.supplyAsync(() -> models.named("slow"), Thread::startVirtualThread);
            begun.await();
        }
        loaded.countDown();

        assertThatThrownBy(() -> slow.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("The models are closed");
        assertThat(closed).hasValue(1);
    }
}
