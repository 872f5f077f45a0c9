package dev.cermin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.LoopEvent.Critiqued;
import dev.cermin.LoopEvent.Drafted;
import dev.cermin.LoopEvent.Finished;
import dev.cermin.LoopEvent.Judged;
import dev.cermin.LoopEvent.Verified;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.StopReason;
import dev.cermin.policy.NoProgress;
import dev.cermin.policy.Rounds;
import dev.cermin.testing.ScriptedChatModel;
import dev.langchain4j.model.chat.ChatModel;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamTest {
    /** Asks for as many as it is told to, and keeps every signal in order. */
    private static class Reader implements Subscriber<LoopEvent> {
        final LinkedBlockingQueue<Object> signals = new LinkedBlockingQueue<>();
        final CountDownLatch subscribed = new CountDownLatch(1);
        volatile Subscription subscription;

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            subscribed.countDown();
        }

        @Override
        public void onNext(LoopEvent event) {
            signals.add(event);
        }

        @Override
        public void onError(Throwable failure) {
            signals.add(failure);
        }

        @Override
        public void onComplete() {
            signals.add("complete");
        }

        Reader from(Publisher<LoopEvent> publisher) throws InterruptedException {
            publisher.subscribe(this);
            subscribed.await();
            return this;
        }

        Object next() throws InterruptedException {
            Object signal = signals.poll(20, TimeUnit.SECONDS);
            assertThat(signal).as("a signal").isNotNull();
            return signal;
        }
    }

    @Test
    void theLoopIsToldAsItHappensAndTheAnswerLast() {
        var judge = ScriptedChatModel.saying(Judges.REVISE);
        Agent agent = Agent.builder("sums")
                .model(ScriptedChatModel.saying("5", "4"))
                .model("judge", judge)
                .verifier(Judges.answer("4"))
                .critic(Judges.critic("ear", "judge"))
                .build();

        List<LoopEvent> events = Multi.createFrom()
                .publisher(agent.stream("2+2"))
                .collect()
                .asList()
                .await()
                .atMost(Duration.ofSeconds(20));

        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly(
                        "Drafted",
                        "Verified",
                        "Judged",
                        "Critiqued",
                        "Judged",
                        "Drafted",
                        "Verified",
                        "Judged",
                        "Finished");
        assertThat(((Drafted) events.get(0)).draft().output()).isEqualTo("5");
        assertThat(((Verified) events.get(1)).checks().getFirst().passed()).isFalse();
        assertThat(((Judged) events.get(2)).verdict().reasons()).containsExactly("answer: it is not 4");
        assertThat(((Critiqued) events.get(3)).critique().critic()).isEqualTo("ear");
        assertThat(((Judged) events.get(4)).verdict().reasons()).hasSize(2);
        assertThat(((Drafted) events.get(5)).round()).isEqualTo(1);
        Outcome outcome = ((Finished) events.getLast()).outcome();
        assertThat(outcome.answer()).contains("4");
        assertThat(events.stream().filter(Finished.class::isInstance)).hasSize(1);
    }

    @Test
    void eachSubscriberHasARunOfItsOwn() {
        AtomicInteger calls = new AtomicInteger();
        var publisher = sums(new ScriptedChatModel(prompt -> {
                    calls.incrementAndGet();
                    return "4";
                }))
                .stream("2+2");

        Outcome one = last(publisher);
        Outcome other = last(publisher);

        assertThat(calls).as("none before there is a subscriber").hasValue(2);
        assertThat(one.taskId()).isNotEqualTo(other.taskId());
    }

    private static Outcome last(Publisher<LoopEvent> publisher) {
        LoopEvent last =
                Multi.createFrom().publisher(publisher).collect().last().await().atMost(Duration.ofSeconds(20));
        return ((Finished) last).outcome();
    }

    // --- Reactive Streams

    @Test
    void nothingComesThatWasNotAskedFor() throws Exception {
        Reader reader = new Reader().from(sums(ScriptedChatModel.saying("4")).stream("2+2"));

        assertThat(reader.signals.poll(100, TimeUnit.MILLISECONDS)).isNull();
        reader.subscription.request(1);
        assertThat(reader.next()).isInstanceOf(Drafted.class);
        assertThat(reader.signals.poll(100, TimeUnit.MILLISECONDS)).isNull();
        reader.subscription.request(2);
        assertThat(reader.next()).isInstanceOf(Verified.class);
        assertThat(reader.next()).isInstanceOf(Judged.class);
        assertThat(reader.signals.poll(100, TimeUnit.MILLISECONDS)).isNull();
        reader.subscription.request(Long.MAX_VALUE);
        assertThat(reader.next()).isInstanceOf(Finished.class);
        assertThat(reader.next()).isEqualTo("complete");
        assertThat(reader.signals.poll(100, TimeUnit.MILLISECONDS))
                .as("one terminal signal")
                .isNull();
    }

    @Test
    void aSlowSubscriberGetsEverything() throws Exception {
        int rounds = 150; // 451 events and the end, in a buffer of 256
        AtomicInteger drafts = new AtomicInteger();
        Agent agent = Agent.builder("sums")
                .model(new ScriptedChatModel(prompt -> "draft " + drafts.incrementAndGet()))
                .verifier(Judges.answer("4"))
                .policy(Rounds.of(rounds), NoProgress.after(1000))
                .build();
        Reader reader = new Reader().from(agent.stream("2+2"));

        List<String> seen = new ArrayList<>();
        Object signal;
        do {
            reader.subscription.request(1);
            signal = reader.next();
            if (signal instanceof Drafted drafted) {
                seen.add(drafted.draft().output());
                if (seen.size() == 1) {
                    // the loop comes to the end of the buffer, and waits there
                    reader.signals.poll(300, TimeUnit.MILLISECONDS);
                    assertThat(drafts).hasValueLessThan(rounds);
                }
            }
        } while (!(signal instanceof Finished));

        assertThat(seen).hasSize(rounds + 1).first().isEqualTo("draft 1");
        assertThat(seen).last().isEqualTo("draft " + (rounds + 1));
        assertThat(reader.next()).isEqualTo("complete");
    }

    @Test
    void aRequestOfNothingIsAnErrorAndEndsTheRun() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Reader reader = new Reader().from(sums(blocking(new CountDownLatch(1), interrupted)).stream("2+2"));

        reader.subscription.request(0);

        assertThat(reader.next()).isInstanceOf(IllegalArgumentException.class);
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(reader.signals).isEmpty();
    }

    @Test
    void withoutADraftTheStreamEndsWithAnError() throws Exception {
        Reader reader = new Reader().from(sums(Speaker.saying()).stream("2+2"));
        reader.subscription.request(1);

        Object failure = reader.next();

        assertThat(failure).as("itself, not wrapped").isInstanceOf(NoDraftException.class);
        assertThat(((NoDraftException) failure).outcome().stop().reason()).isEqualTo(StopReason.FAILED);
        assertThat(reader.signals.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void noSubscriberIsRefused() {
        var publisher = sums(Speaker.saying()).stream("2+2");

        assertThatThrownBy(() -> publisher.subscribe(null)).isInstanceOf(NullPointerException.class);
    }

    // --- cancel

    @Test
    void toCancelTheSubscriptionIsToCancelTheRun() throws Exception {
        CountDownLatch calling = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Reader reader = new Reader().from(sums(blocking(calling, interrupted)).stream("2+2"));
        reader.subscription.request(Long.MAX_VALUE);
        calling.await();

        reader.subscription.cancel();

        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(reader.signals.poll(100, TimeUnit.MILLISECONDS))
                .as("silence")
                .isNull();
        reader.subscription.request(1);
        reader.subscription.cancel();
        assertThat(reader.signals).as("nothing of what comes later counts").isEmpty();
    }

    @Test
    void aRunThatWaitsForASlowSubscriberIsCancelledToo() throws Exception {
        AtomicInteger drafts = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(80);
        Agent agent = Agent.builder("sums")
                .model(new ScriptedChatModel(prompt -> {
                    full.countDown();
                    return "draft " + drafts.incrementAndGet();
                }))
                .verifier(Judges.answer("4"))
                .policy(Rounds.of(100_000), NoProgress.after(1_000_000))
                .build();
        Reader reader = new Reader().from(agent.stream("2+2"));
        full.await();
        reader.signals.poll(200, TimeUnit.MILLISECONDS);

        reader.subscription.cancel();

        reader.signals.poll(200, TimeUnit.MILLISECONDS);
        int made = drafts.get();
        reader.signals.poll(200, TimeUnit.MILLISECONDS);
        assertThat(drafts).as("no more drafts").hasValue(made).hasValueLessThan(200);
    }

    @Test
    void aSubscriberThatCancelsAtOnceHearsNothing() throws Exception {
        for (int i = 0; i < 200; i++) {
            Reader reader = new Reader() {
                @Override
                public void onSubscribe(Subscription given) {
                    given.request(Long.MAX_VALUE);
                    given.cancel();
                    super.onSubscribe(given);
                }
            };
            reader.from(sums(ScriptedChatModel.saying("4")).stream("2+2"));

            assertThat(reader.signals).doesNotContain("complete");
        }
    }

    @Test
    void aSubscriberThatThrowsEndsItsRun() throws Exception {
        CountDownLatch calling = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Reader reader = new Reader() {
            @Override
            public void onNext(LoopEvent event) {
                try {
                    calling.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IllegalStateException("a defect of the subscriber");
            }
        };
        reader.from(sums(blocking(calling, interrupted, "5")).stream("2+2"));
        reader.subscription.request(1);

        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(reader.next()).isInstanceOf(IllegalStateException.class);
    }

    /** Says these, then blocks until it is interrupted. */
    private static ChatModel blocking(CountDownLatch calling, CountDownLatch interrupted, String... before) {
        var rest = List.of(before).iterator();
        return new ScriptedChatModel(prompt -> {
            if (rest.hasNext()) {
                return rest.next();
            }
            calling.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                interrupted.countDown();
            }
            throw new IllegalStateException("interrupted");
        });
    }

    private static Agent sums(ChatModel model) {
        return Agent.builder("sums").model(model).verifier(Judges.answer("4")).build();
    }
}
