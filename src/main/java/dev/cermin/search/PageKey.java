package dev.cermin.search;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * A place in the order of traces, the latest first: what comes after it stays the same while new ones come in before.
 *
 * @param createdAt of the last trace that was seen, to the microsecond
 * @param id the same trace's, or of any that sorts beside it
 */
public record PageKey(Instant createdAt, UUID id) {
    private static final int BYTES = 3 * Long.BYTES;
    private static final long MICROS = 1_000_000;

    /** No id sorts before it. */
    private static final UUID FIRST = new UUID(0, 0);

    /** What comes before an instant. */
    static PageKey before(Instant at) {
        return new PageKey(at, FIRST);
    }

    /** When the newest behind it may have been created. */
    Instant newest() {
        return id.equals(FIRST) ? createdAt.minusNanos(1000) : createdAt;
    }

    /** As a URL carries it; nothing that a client should look into. */
    public String text() {
        long micros = Math.addExact(Math.multiplyExact(createdAt.getEpochSecond(), MICROS), createdAt.getNano() / 1000);
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(micros)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @throws FilterException where it isn't what {@link #text} made */
    public static PageKey of(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length == BYTES) {
                ByteBuffer all = ByteBuffer.wrap(bytes);
                long micros = all.getLong();
                Instant at = Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
                return new PageKey(at, new UUID(all.getLong(), all.getLong()));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static FilterException wrong(String text) {
        return new FilterException(
                "after", "after is '%s'; what a page's next said is expected, unchanged".formatted(text));
    }
}
