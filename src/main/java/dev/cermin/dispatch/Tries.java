package dev.cermin.dispatch;

import dev.cermin.model.Failure;
import dev.cermin.model.OutOfTimeException;
import dev.cermin.model.Question;
import dev.langchain4j.exception.RateLimitException;
import org.jspecify.annotations.Nullable;

/** What became of one question so far, as the trace tells it. Used by the asking thread alone. */
final class Tries {
    private final Question question;
    private @Nullable RuntimeException failure;
    private @Nullable RuntimeException excuse;

    Tries(Question question) {
        this.question = question;
    }

    void note(String text) {
        question.note(text);
    }

    /** A call that failed. */
    void failed(Replica replica, Failure told, RuntimeException thrown) {
        failure = thrown;
        String wanted = told.retryAfter() == null ? "" : ", asks to wait " + Words.time(told.retryAfter());
        note("%s failed, %s%s: %s".formatted(replica.shown(), Words.of(told.kind()), wanted, Words.message(thrown)));
    }

    /** A model that was passed over, for want of time; unless the deadline is the bound, the task may go on. */
    void passedOver(Patience patience, String why) {
        excuse = patience.deadline() ? new OutOfTimeException(why) : new RateLimitException(why);
        question.note(why);
    }

    /** A model that was passed over, for want of health. */
    void down(RuntimeException why) {
        if (excuse == null) {
            excuse = why;
        }
        question.note(Words.message(why));
    }

    /** What the asker gets: a failure rather than the reason why there was no call. */
    RuntimeException why() {
        return failure != null
                ? failure
                : excuse != null ? excuse : new IllegalStateException("No model was asked, for no reason");
    }
}
