package dev.cermin;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids of tasks: UUIDs of version 7 (RFC 9562), so that rows and files of later tasks come later. They are unique, not
 * secret: a loop asks for one every time, and a secure random number would take a good part of its own time.
 */
final class Ids {
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private Ids() {}

    static UUID next(Instant now) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long upper = now.toEpochMilli() << 16 | VERSION_7 | random.nextInt(1 << 12);
        return new UUID(upper, random.nextLong() >>> 2 | VARIANT);
    }
}
