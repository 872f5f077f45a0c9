package dev.cermin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatModel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConfiguredModelsTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    private final class Engine implements ChatModel, AutoCloseable {
        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private final class Loading implements ModelProvider {
        @Override
        public String name() {
            return "loading";
        }

        @Override
        public ChatModel make(String model, ModelSettings settings, Path cache) {
            made.incrementAndGet();
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

    private ConfiguredModels models() {
        Map<String, ModelSettings> settings = new HashMap<>();
        settings.put("slow", ModelSettings.builder("loading").build());
        IntStream.range(0, 200)
                .forEach(i -> settings.put(
                        "quick-" + i, ModelSettings.builder("loading").build()));
        return new ConfiguredModels(settings, Path.of("target"), List.of(new Loading()));
    }

    @Test
    void aModelThatLoadsHoldsUpNoOther() throws Exception {
        try (ConfiguredModels models = models();
                ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<Model> slow = threads.submit(() -> models.named("slow"));
            Future<Model> again = threads.submit(() -> models.named("slow"));
            try {
                begun.await();
                Future<?> others =
                        threads.submit(() -> IntStream.range(0, 200).forEach(i -> models.named("quick-" + i)));
                others.get(30, TimeUnit.SECONDS);
                assertThat(slow).isNotDone();
            } finally {
                loaded.countDown();
            }
            assertThat(again.get()).isSameAs(slow.get()).isSameAs(models.named("slow"));
            assertThat(made).hasValue(201);
        }
        assertThat(closed).hasValue(201);
    }

    @Test
    void oneThatLoadsWhileAllAreClosedIsClosedToo() throws Exception {
        ConfiguredModels models = models();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            models.named("quick-1");
            Future<Model> slow = threads.submit(() -> models.named("slow"));
            begun.await();
            models.close();
            models.close();
            assertThat(closed).hasValue(1);
            loaded.countDown();

            assertThatThrownBy(slow::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("The models are closed");
        }
        assertThat(closed).hasValue(2);
        assertThatThrownBy(() -> models.named("quick-2")).hasMessageContaining("The models are closed");
        assertThat(made).hasValue(2);
    }
}
