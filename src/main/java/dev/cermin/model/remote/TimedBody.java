package dev.cermin.model.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A body as it comes in, read by one thread. The JDK's own streams wait for ever for a body that stalls; this one waits
 * till a moment, or for so long a silence.
 */
final class TimedBody extends InputStream implements Subscriber<List<ByteBuffer>> {
    /** What came: bytes, the end, or a failure. */
    private record Part(
            List<ByteBuffer> bytes, boolean last, @Nullable Throwable failure) {}

    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final Queue<ByteBuffer> ready = new ArrayDeque<>();
    private final LongSupplier patience;
    private final String late;
    private volatile @Nullable Subscription subscription;
    private boolean ended;
    private long count;

    private TimedBody(LongSupplier patience, String late) {
        this.patience = patience;
        this.late = late;
    }

    /** Waits till {@code System.nanoTime()} is {@code until}. */
    static TimedBody whole(long until) {
        return new TimedBody(() -> until - System.nanoTime(), "no whole answer in time");
    }

    /** Waits so long for each next piece. */
    static TimedBody silentFor(Duration silence) {
        return new TimedBody(silence::toNanos, "the stream was silent for " + Text.of(silence));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, into.length);
        while (ready.isEmpty() && !ended) {
            take();
        }
        ByteBuffer next = ready.peek();
        if (next == null) {
            return -1;
        }
        int size = Math.min(length, next.remaining());
        next.get(into, from, size);
        if (!next.hasRemaining()) {
            ready.remove();
        }
        return size;
    }

    private void take() throws IOException {
        Part part;
        try {
            part = parts.poll(patience.getAsLong(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            var interrupted = new InterruptedIOException("The call was interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
        if (part == null) {
            close();
            throw new HttpTimeoutException(late);
        }
        if (part.failure() != null) {
            ended = true;
            throw new CutException("the answer broke off after %d bytes".formatted(count), part.failure());
        }
        ended = part.last();
        for (ByteBuffer bytes : part.bytes()) {
            count += bytes.remaining();
            if (bytes.hasRemaining()) {
                ready.add(bytes);
            }
        }
        Subscription more = subscription;
        if (more != null && !ended) {
            more.request(1);
        }
    }

    /** Ends the transfer, wherever it is. */
    @Override
    public void close() {
        ended = true;
        Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
    }

    @Override
    public void onSubscribe(Subscription begun) {
        subscription = begun;
        begun.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        parts.add(new Part(bytes, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        parts.add(new Part(List.of(), false, failure));
    }

    @Override
    public void onComplete() {
        parts.add(new Part(List.of(), true, null));
    }
}
