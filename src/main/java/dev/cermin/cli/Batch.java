package dev.cermin.cli;

import dev.cermin.json.Json;
import dev.cermin.loop.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Many tasks, submitted and awaited with a bar. Each is printed as it is done. */
final class Batch {
    /** So that a gateway is not asked how far things are by all at once. */
    private static final int AT_ONCE = 32;

    private final GatewayClient client;
    private final boolean wait;
    private final boolean json;

    Batch(GatewayClient client, boolean wait, boolean json) {
        this.client = client;
        this.wait = wait;
        this.json = json;
    }

    int submit(List<Map<String, Object>> tasks) throws InterruptedException {
        List<Future<Integer>> all = new ArrayList<>();
        int worst = ExitCodes.DONE;
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
                ProgressBar bar = Bars.of(wait ? "tasks done" : "submitted", tasks.size())) {
            for (Map<String, Object> task : tasks) {
                all.add(threads.submit(() -> one(task, bar)));
            }
            for (Future<Integer> each : all) {
                worst = worse(worst, code(each));
            }
        }
        return worst;
    }

    private int code(Future<Integer> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            System.err.println("cermin: " + Application.reason(e));
            return ExitCodes.FAILED;
        }
    }

    /** A failure is worse than an answer that falls short. */
    private static int worse(int one, int other) {
        return one == ExitCodes.FAILED || other == ExitCodes.FAILED ? ExitCodes.FAILED : Math.max(one, other);
    }

    private synchronized void print(UUID id, Map<String, Object> task, @Nullable Outcome outcome) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("task", id.toString());
        line.put("input", task.get("input"));
        if (outcome != null) {
            line.put("accepted", outcome.accepted());
            line.put("stopReason", outcome.stop().reason().name().toLowerCase(Locale.ROOT));
            line.put("answer", outcome.answer().orElse(null));
        }
        if (json) {
            System.out.println(Json.text(line));
        } else {
            System.out.println(
                    outcome == null ? id : id + "  " + outcome.answer().orElse("(no answer)"));
        }
    }

    private int one(Map<String, Object> task, ProgressBar bar) throws InterruptedException {
        String which = "'%s'".formatted(task.get("input"));
        try {
            Map<String, Object> body = new LinkedHashMap<>(task);
            Object key = body.remove("idempotencyKey");
            UUID id = client.submit(body, key == null ? null : key.toString());
            which = "task " + id;
            if (!wait) {
                print(id, task, null);
                return ExitCodes.DONE;
            }
            Outcome outcome = client.outcome(id);
            print(id, task, outcome);
            return Answers.code(outcome);
        } catch (RuntimeException e) {
            System.err.printf("cermin: %s: %s%n", which, Application.reason(e));
            return ExitCodes.FAILED;
        } finally {
            bar.step();
        }
    }
}
