package dev.cermin.eval;

import dev.cermin.json.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Items that are asked and scored in one way.
 *
 * @param name such as {@code gsm8k}
 * @param source where the items came from: files, or a generator and its seed
 * @param prompting how they are asked and read, for the report: the convention's name and what it says
 * @param items in the source's order
 */
public record Suite(String name, String source, String prompting, List<Item> items) {
    public Suite {
        items = List.copyOf(items);
    }

    /**
     * A part of it.
     *
     * @param most how many items; all where there are fewer
     * @param seed of a random choice; null: the first ones
     */
    public Suite limited(int most, @Nullable Long seed) {
        if (most < 1) {
            throw new IllegalArgumentException("A suite is limited to 1 item or more, not to " + most);
        }
        if (most >= items.size()) {
            return this;
        }
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, items.size()).boxed().toList());
        if (seed != null) {
            Collections.shuffle(order, new Random(seed));
        }
        List<Item> chosen =
                order.subList(0, most).stream().sorted().map(items::get).toList();
        String how = seed == null ? "the first %d of %d" : "%d of %d by seed " + seed;
        return new Suite(name, source + "; " + how.formatted(most, items.size()), prompting, chosen);
    }

    /** SHA-256 over what is asked and what is right, hex: equal where two runs ask the same. */
    public String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Json.bytes(List.of(name, source, prompting)));
            for (Item item : items) {
                digest.update(Json.bytes(List.of(item.id(), item.input(), item.gold(), item.metadata())));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
