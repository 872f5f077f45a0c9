package dev.cermin.verify.ifeval;

import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * IFEval's loose reading of a check: as many of the response's eight variants as it takes are tried. Thread-safe where
 * the check is.
 *
 * @param strict the check itself
 */
record Loose(Verifier strict) implements Verifier {
    @Override
    public String name() {
        return strict.name();
    }

    @Override
    public Check verify(Answer answer) {
        if (Texts.isBlank(answer.output())) {
            return Check.fail(name(), TextCheck.EMPTY);
        }
        Check asIs = strict.verify(answer);
        if (asIs.passed()) {
            return asIs;
        }
        for (Map.Entry<String, String> variant : variants(answer.output()).entrySet()) {
            if (!Texts.isBlank(variant.getKey())) {
                Check check = strict.verify(new Answer(answer.input(), variant.getKey(), answer.metadata()));
                if (check.passed()) {
                    return Check.pass(name(), "%s (loosely: %s)".formatted(check.message(), variant.getValue()));
                }
            }
        }
        return asIs;
    }

    /** The other seven, and what was done to come by them; those that come out the same are one. */
    private static Map<String, String> variants(String response) {
        List<String> lines = List.of(response.split("\n", -1));
        int last = lines.size() - 1;
        Map<String, String> variants = new LinkedHashMap<>();
        variants.put(response.replace("*", ""), "without *");
        add(variants, lines.subList(1, last + 1), "without the first line");
        add(variants, lines.subList(0, last), "without the last line");
        add(variants, lines.subList(Math.min(1, last), last), "without the first and the last line");
        return variants;
    }

    private static void add(Map<String, String> variants, List<String> lines, String how) {
        String text = Texts.strip(String.join("\n", lines));
        variants.putIfAbsent(text, how);
        variants.putIfAbsent(text.replace("*", ""), how + " and *");
    }
}
