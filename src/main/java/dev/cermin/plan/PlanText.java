package dev.cermin.plan;

import dev.cermin.plan.Plan.Card;
import dev.cermin.plan.Plan.Fit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A plan for people. */
final class PlanText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/,:=+-]+");

    private PlanText() {}

    static String of(Plan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("%s, %.1f billion parameters, as %s: %s"
                .formatted(plan.model(), plan.parameters() / 1e9, plan.quant(), Sizes.gib(plan.fileBytes())));
        lines.add(verdict(plan));
        lines.add("%d tokens for each of %d sequence%s, KV cache %s, flash attention %s"
                .formatted(
                        plan.context(),
                        plan.parallel(),
                        plan.parallel() == 1 ? "" : "s",
                        plan.kv(),
                        plan.flashAttention() ? "on" : "off"));
        if (plan.fit() != Fit.NONE) {
            lines.add("");
            lines.addAll(table(plan));
        }
        plan.notes().forEach(note -> lines.add("Note: " + note + "."));
        if (plan.fit() == Fit.PART || plan.fit() == Fit.NONE) {
            lines.add("");
            lines.add(
                    plan.wouldFit().isEmpty()
                            ? "Nothing else makes it fit: no smaller quantisation, q8_0 KV cache, shorter context or 64 such cards."
                            : "What would fit:");
            plan.wouldFit().forEach(way -> lines.add("  - " + way));
        }
        if (plan.fit() != Fit.NONE) {
            lines.add("");
            lines.add(plan.command().stream().map(PlanText::quoted).collect(Collectors.joining(" ")));
            lines.add("");
            lines.addAll(deployment(plan));
        }
        return String.join("\n", lines);
    }

    private static String verdict(Plan plan) {
        return switch (plan.fit()) {
            case WHOLE ->
                "Fits: all %d layers and the output on the card%s"
                        .formatted(plan.layers(), plan.cards().size() == 1 ? "" : "s");
            case PART ->
                plan.expertsOnCpu() > 0 && plan.layersOnGpu() == plan.layers()
                        ? "Fits in part: all %d layers on the cards, the experts of the first %d in the host's memory, on the CPU"
                                .formatted(plan.layers(), plan.expertsOnCpu())
                        : "Fits in part: %d of %d layers on the cards, the others in the host's memory, on the CPU, which is slow"
                                .formatted(plan.layersOnGpu(), plan.layers());
            case CPU -> "On the CPU alone";
            case NONE -> "Does not fit";
        };
    }

    private static List<String> table(Plan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(row("", "weights", "KV cache", "compute", "in all", "of"));
        int number = 0;
        for (Card card : plan.cards()) {
            String what = "card %d, %d layers".formatted(number++, layers(card, plan, number));
            lines.add(row(what, card.weights(), card.kv(), card.compute(), card.used(), Sizes.gib(card.memory())));
        }
        Plan.Host host = plan.host();
        lines.add(row("host", host.weights(), host.kv(), host.compute(), host.used(), ""));
        return lines;
    }

    private static int layers(Card card, Plan plan, int number) {
        boolean last = plan.cards().stream().skip(number).allMatch(later -> later.pieces() == 0);
        return last && card.pieces() > 0 ? card.pieces() - 1 : card.pieces();
    }

    private static String row(String what, long weights, long kv, long compute, long all, String of) {
        return row(what, Sizes.gib(weights), Sizes.gib(kv), Sizes.gib(compute), Sizes.gib(all), of);
    }

    private static String row(String what, String... figures) {
        StringBuilder line = new StringBuilder("%-20s".formatted(what));
        for (String figure : figures) {
            line.append(String.format(Locale.ROOT, "%12s", figure));
        }
        return line.toString().stripTrailing();
    }

    private static List<String> deployment(Plan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("# deploy/llama/llama.env, for deploy/llama/compose.yaml and the manifests in deploy/kubernetes");
        plan.environment().forEach((name, value) -> lines.add(name + "=" + value));
        if (!plan.cards().isEmpty()) {
            lines.add("LLAMA_CARDS=" + plan.cards().size());
        }
        lines.add("");
        lines.add("# what Cermin is told");
        lines.add("cermin.models.NAME.provider=llama-server");
        lines.add("cermin.models.NAME.base-url=http://127.0.0.1:" + LlamaServer.PORT);
        return lines;
    }

    private static String quoted(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
