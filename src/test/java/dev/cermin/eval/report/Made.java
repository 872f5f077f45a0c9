package dev.cermin.eval.report;

import dev.cermin.eval.After;
import dev.cermin.eval.Answered;
import dev.cermin.eval.ItemResult;
import dev.cermin.eval.Mark;
import dev.cermin.eval.Method;
import dev.cermin.eval.Results;
import dev.cermin.eval.RunInfo;
import dev.cermin.eval.Score;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/** Results made up for the tests. */
final class Made {
    static final List<Method> ALL = List.of(Method.values());

    private Made() {}

    /** A round's spending: 100 tokens in and 20 out, 2 calls, 0.001 and 500 ms for each round up to it. */
    static After after(int round, Score score) {
        int n = round + 1;
        return new After(round, score, 2 * n, 100L * n, 20L * n, BigDecimal.valueOf(n, 3), 500L * n);
    }

    static Score score(boolean right) {
        return new Score(
                right ? "42" : "41",
                List.of(Mark.of("strict", right), Mark.of("flexible", right)),
                right ? "42 equals 42" : "41 differs from 42");
    }

    /** Accepted if right in the end; one flag for the draft and each correction. */
    static Answered answered(String id, boolean... right) {
        List<After> rounds = new ArrayList<>();
        for (int i = 0; i < right.length; i++) {
            rounds.add(after(i, score(right[i])));
        }
        boolean last = right[right.length - 1];
        return new Answered(
                task(id),
                last ? "accepted" : "rounds",
                "The answer is " + (last ? "42" : "41") + ".",
                rounds.getFirst(),
                rounds,
                null);
    }

    static Answered failed(String id, String fault) {
        return new Answered(task(id), "failed", "", null, List.of(), fault);
    }

    static ItemResult item(String id, String category, Map<Method, Answered> by) {
        return new ItemResult(id, category, "What is six times seven?", "42", by);
    }

    /** An item of reflection alone. */
    static ItemResult item(String id, boolean... right) {
        return item(id, "sums", Map.of(Method.REFLECTION, answered(id, right)));
    }

    static RunInfo info(int items, List<Method> methods) {
        return info(items, methods, "in process");
    }

    static RunInfo info(int items, List<Method> methods, String carriage) {
        return new RunInfo(
                "gsm8k",
                "data/gsm8k/test.jsonl",
                "zero-shot: think, then #### and the number",
                items,
                "f00d",
                "solver@3",
                "ab12",
                Map.of("generate", "openai/small", "reflect", "openai/large"),
                carriage,
                methods,
                7L,
                0.7,
                Instant.parse("2026-03-01T10:00:00Z"));
    }

    static Results of(ItemResult... items) {
        return new Results(info(items.length, List.of(Method.REFLECTION)), List.of(items));
    }

    /** So many items that go each way from the draft to the first correction. */
    static Results flips(int bothRight, int gained, int lost, int bothWrong) {
        List<ItemResult> items = new ArrayList<>();
        for (int i = 0; i < bothRight + gained + lost + bothWrong; i++) {
            boolean before = i < bothRight || (i >= bothRight + gained && i < bothRight + gained + lost);
            items.add(item("i" + i, before, i < bothRight + gained));
        }
        return of(items.toArray(ItemResult[]::new));
    }

    /** A run such as there may be, of every method, with several categories and a few failures. */
    static Results likely(int items, long seed) {
        Random random = new Random(seed);
        List<ItemResult> made = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            String id = "gsm8k/" + i;
            Map<Method, Answered> by = new TreeMap<>();
            for (Method method : ALL) {
                by.put(
                        method,
                        random.nextInt(80) == 0
                                ? failed(id + method, "The model's server answered 503")
                                : likely(id + method, method, random));
            }
            made.add(item(
                    id, List.of("counting", "money", "rates", "time and dates").get(random.nextInt(4)), by));
        }
        return new Results(info(items, ALL), made);
    }

    private static Answered likely(String id, Method method, Random random) {
        if (method != Method.REFLECTION) {
            return answered(id, random.nextInt(100) < 74);
        }
        boolean right = random.nextInt(100) < 66;
        List<After> rounds = new ArrayList<>(List.of(after(0, score(right))));
        boolean accepted = random.nextInt(100) < (right ? 85 : 12);
        for (int round = 1; round <= 3 && !accepted; round++) {
            right = right ? random.nextInt(100) < 93 : random.nextInt(100) < 30;
            accepted = random.nextInt(100) < (right ? 80 : 12);
            rounds.add(after(round, score(right)));
        }
        String stop = accepted ? "accepted" : random.nextInt(3) == 0 ? "no progress" : "rounds";
        return new Answered(
                task(id), stop, "The answer is " + (right ? 42 : 41) + ".", rounds.getFirst(), rounds, null);
    }

    private static UUID task(String id) {
        return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
    }
}
