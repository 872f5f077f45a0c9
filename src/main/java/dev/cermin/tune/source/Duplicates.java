package dev.cermin.tune.source;

import dev.cermin.tune.Sample;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells samples that were there before, of all that it was shown: the same words (case and white space apart), or nearly
 * so, system messages apart. Near ones are looked for by MinHash (Broder 1997) in 32 bands of 4, and then compared by the
 * Jaccard similarity of their shingles, so none is taken for one that is not; of those at 0.8 one in ten million is missed.
 * A sample takes half a kilobyte, and 8 bytes a word. One thread at a time.
 */
final class Duplicates {
    private static final int BANDS = 32;
    private static final int ROWS = 4;

    private final double near;
    /** With the ids of the first that had them. */
    private final Map<Words, String> exact = new HashMap<>();

    private final Bands bands = new Bands(BANDS);
    private final List<String> ids = new ArrayList<>();
    private final List<Shingles> texts = new ArrayList<>();

    /** The first half of their SHA-256: for tens of thousands of texts themselves there may be no memory. */
    private record Words(long first, long second) {
        static Words of(String text) {
            byte[] words = String.join(" ", Shingles.words(text)).getBytes(StandardCharsets.UTF_16);
            try {
                ByteBuffer hash =
                        ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(words));
                return new Words(hash.getLong(), hash.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every JDK has SHA-256", e);
            }
        }
    }

    /** @param near as in {@link Intake.Terms} */
    Duplicates(double near) {
        this.near = near;
    }

    /** Why it is one; null where it is the first of its kind, and is remembered. */
    @Nullable
    String refusal(Candidate candidate) {
        Sample sample = candidate.sample();
        String text = "%s\n%s\n%s".formatted(sample.instruction(), sample.input(), sample.output());
        String same = exact.putIfAbsent(Words.of(text), sample.id());
        if (same != null) {
            return "it is the same as " + same;
        }
        if (near >= 1) {
            return null;
        }
        Shingles own = Shingles.of(text.substring(candidate.preface()));
        long[] keys = keys(own);
        int other = bands.find(keys, known -> own.reaches(near, texts.get(known)));
        if (other != Bands.NONE) {
            return "it is nearly the same as %s: %.2f of their words in common"
                    .formatted(ids.get(other), own.jaccard(texts.get(other)));
        }
        bands.add(keys);
        ids.add(sample.id());
        texts.add(own);
        return null;
    }

    private static long[] keys(Shingles shingles) {
        long[] least = new long[BANDS * ROWS];
        Arrays.fill(least, Long.MAX_VALUE);
        for (long shingle : shingles.hashes().toArray()) {
            for (int i = 0; i < least.length; i++) {
                least[i] = Math.min(least[i], Shingles.mixed(shingle + 0x9e3779b97f4a7c15L * (i + 1)));
            }
        }
        long[] keys = new long[BANDS];
        for (int band = 0; band < BANDS; band++) {
            long key = band;
            for (int row = 0; row < ROWS; row++) {
                key = Shingles.mixed(31 * key + least[band * ROWS + row]);
            }
            keys[band] = key;
        }
        return keys;
    }
}
