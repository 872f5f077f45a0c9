package dev.cermin.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The cards of a host, or of several that share one model.
 *
 * @param bytes memory of each card, in order
 */
public record Gpus(List<Long> bytes) {
    private static final Pattern GROUP = Pattern.compile("(?:(\\d{1,4})\\s*[xX×*]\\s*)?([^xX×*]+)");
    private static final int MOST = 128;

    public Gpus {
        bytes = List.copyOf(bytes);
    }

    /**
     * @param given such as {@code 24GiB}, {@code 2x24GiB}, {@code 1x48GiB,2x24GiB}, or {@code none}
     * @throws PlanException for anything else
     */
    public static Gpus parse(String given) {
        if (given.strip().equalsIgnoreCase("none")) {
            return new Gpus(List.of());
        }
        List<Long> cards = new ArrayList<>();
        for (String group : given.split(",", -1)) {
            Matcher matcher = GROUP.matcher(group.strip());
            if (!matcher.matches()) {
                throw wrong(given, "'" + group.strip() + "' is no group of cards");
            }
            int count = matcher.group(1) == null ? 1 : Integer.parseInt(matcher.group(1));
            if (count < 1 || count + cards.size() > MOST) {
                throw wrong(given, "1 to " + MOST + " cards can be planned");
            }
            long size;
            try {
                size = Sizes.parse(matcher.group(2), "a card's memory");
            } catch (PlanException e) {
                throw wrong(given, e.getMessage());
            }
            cards.addAll(Collections.nCopies(count, size));
        }
        return new Gpus(cards);
    }

    private static PlanException wrong(String given, String why) {
        return new PlanException(
                "--gpus '%s': %s. Write 24GiB, 2x24GiB, 1x48GiB,2x24GiB or none".formatted(given, why));
    }

    Gpus with(int more) {
        List<Long> all = new ArrayList<>(bytes);
        all.addAll(Collections.nCopies(more, bytes.getLast()));
        return new Gpus(all);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        if (bytes.isEmpty()) {
            return "none";
        }
        Map<Long, Integer> counts = new LinkedHashMap<>();
        bytes.forEach(size -> counts.merge(size, 1, Integer::sum));
        return counts.entrySet().stream()
                .map(group -> group.getValue() + "x"
                        + Sizes.gib(group.getKey()).replace(".0", "").replace(" ", ""))
                .collect(Collectors.joining(","));
    }
}
