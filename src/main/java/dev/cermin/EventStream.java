package dev.cermin;

import java.util.Objects;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A run for each subscriber. One that falls behind by 256 events holds its own run up, and nobody else's. */
final class EventStream implements Publisher<LoopEvent> {
    private static final int BUFFER = 256;

    private final Supplier<Run> runs;

    EventStream(Supplier<Run> runs) {
        this.runs = runs;
    }

    @Override
    public void subscribe(Subscriber<? super LoopEvent> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        Run run = runs.get();
        SubmissionPublisher<LoopEvent> publisher = new SubmissionPublisher<>(Thread::startVirtualThread, BUFFER);
        publisher.subscribe(new Cancelling(subscriber, run));
        var unused = run.begun(publisher::submit).future().whenComplete((outcome, failure) -> {
            if (failure == null) {
                publisher.close();
            } else {
                publisher.closeExceptionally(failure);
            }
        });
    }

    /**
     * Passes everything on; to whom nothing can be passed on any more, nothing is run. What was under way when the
     * subscriber cancelled, or behind an error, is kept from it.
     */
    private static final class Cancelling implements Subscriber<LoopEvent> {
        private final Subscriber<? super LoopEvent> subscriber;
        private final Run run;
        private final AtomicBoolean over = new AtomicBoolean();

        Cancelling(Subscriber<? super LoopEvent> subscriber, Run run) {
            this.subscriber = subscriber;
            this.run = run;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscriber.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {
                    subscription.request(n);
                }

                @Override
                public void cancel() {
                    over.set(true);
                    subscription.cancel();
                    run.cancel("its subscriber");
                }
            });
        }

        @Override
        public void onNext(LoopEvent event) {
            if (!over.get()) {
                subscriber.onNext(event);
            }
        }

        @Override
        public void onError(Throwable failure) {
            run.cancel("an error of its subscriber");
            if (!over.getAndSet(true)) {
                subscriber.onError(failure);
            }
        }

        @Override
        public void onComplete() {
            if (!over.getAndSet(true)) {
                subscriber.onComplete();
            }
        }
    }
}
