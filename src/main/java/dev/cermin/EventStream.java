package dev.cermin;

import java.util.Objects;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.SubmissionPublisher;
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

    /** Passes everything on; to whom nothing can be passed on any more, nothing is run. */
    private record Cancelling(Subscriber<? super LoopEvent> subscriber, Run run) implements Subscriber<LoopEvent> {
        @Override
        public void onSubscribe(Subscription subscription) {
            subscriber.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {
                    subscription.request(n);
                }

                @Override
                public void cancel() {
                    subscription.cancel();
                    run.cancel("its subscriber");
                }
            });
        }

        @Override
        public void onNext(LoopEvent event) {
            subscriber.onNext(event);
        }

        @Override
        public void onError(Throwable failure) {
            run.cancel("an error of its subscriber");
            subscriber.onError(failure);
        }

        @Override
        public void onComplete() {
            subscriber.onComplete();
        }
    }
}
