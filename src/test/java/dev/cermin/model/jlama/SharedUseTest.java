package dev.cermin.model.jlama;

import static dev.cermin.model.jlama.ChatRequests.text;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedUseTest {
    private static final List<String> PROMPTS = List.of(
            "x^2-5x+6=0<thinking>",
            "23*17<thinking>",
            "3x+4=19<thinking>x=3</thinking><reflection>",
            "34*12<thinking>488</thinking><reflection>",
            "x^2-x-6=0<thinking>",
            "5x-7=2x+8<thinking>x=-1</thinking><reflection>");

    @TempDir
    Path temp;

    @Test
    void fourThreadsGetTheAnswersThatOneGets() throws Exception {
        try (JlamaChatModel model = JlamaChatModel.builder()
                        .folder(BundledModel.unpack(temp))
                        .build();
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<String> alone = PROMPTS.stream().map(p -> text(model, p)).toList();
            List<Future<List<String>>> together = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                together.add(threads.submit(
                        () -> PROMPTS.stream().map(p -> text(model, p)).toList()));
            }
            for (Future<List<String>> answers : together) {
                assertThat(answers.get()).isEqualTo(alone);
            }
        }
    }

    @Test
    void manyCallsTakeNoMoreMemoryThanAFew() throws IOException {
        BufferPoolMXBean direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .findFirst()
                .orElseThrow();
        try (JlamaChatModel model =
                JlamaChatModel.builder().folder(BundledModel.unpack(temp)).build()) {
            text(model, PROMPTS.get(0));
            long before = direct.getMemoryUsed();
            for (int i = 0; i < 50; i++) {
                text(model, PROMPTS.get(0));
            }
            // one key-value buffer that stayed would be a megabyte
            assertThat(direct.getMemoryUsed() - before).isLessThan(1_000_000);
            assertThat(model)
                    .as("sessions that Jlama keeps")
                    .extracting("engine.caches.kvBufferCache", as(InstanceOfAssertFactories.MAP))
                    .isEmpty();
        }
    }

    @Test
    void anInterruptEndsTheAnswerBetweenTwoTokens() throws Exception {
        try (JlamaEngine engine = JlamaEngine.load(BundledModel.unpack(temp), OptionalInt.empty())) {
            List<Integer> made = new ArrayList<>();
            Throwable thrown = catchThrowable(
                    () -> engine.generate(engine.encode("23*17<thinking>"), 50, new Sampler(0, 1, 1), token -> {
                        made.add(token);
                        Thread.currentThread().interrupt();
                        return false;
                    }));

            assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
            assertThat(thrown).isInstanceOf(CancellationException.class).hasMessageContaining("after 1 tokens");
            assertThat(made).hasSize(1);
        }
    }

    @Test
    void anInterruptEndsTheWaitForTheModelAndTheModelGoesOn() throws Exception {
        try (JlamaEngine engine = JlamaEngine.load(BundledModel.unpack(temp), OptionalInt.empty());
                ExecutorService threads = Executors.newFixedThreadPool(1)) {
            CountDownLatch working = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            Future<Boolean> first = threads.submit(() -> hold(engine, working, goOn));
            working.await();
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            try {
                Thread second = new Thread(() -> {
                    thrown.set(catchThrowable(() -> engine.logProbabilities(engine.encode("1+1"), 1)));
                    flag.set(Thread.currentThread().isInterrupted());
                });
                second.start();
                await().until(() -> second.getState() == Thread.State.WAITING);
                second.interrupt();
                second.join();
            } finally {
                goOn.countDown();
            }

            assertThat(thrown.get()).isInstanceOf(CancellationException.class).hasMessageContaining("waiting");
            assertThat(flag.get()).as("interrupt flag").isTrue();
            assertThat(first.get()).as("came to its end").isTrue();
        }
    }

    private static boolean hold(JlamaEngine engine, CountDownLatch working, CountDownLatch goOn)
            throws ExecutionException {
        return engine.generate(engine.encode("23*17<thinking>"), 50, new Sampler(0, 1, 1), token -> {
            working.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return false;
        });
    }
}
