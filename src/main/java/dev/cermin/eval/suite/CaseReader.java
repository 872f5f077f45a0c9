package dev.cermin.eval.suite;

import dev.cermin.agent.Section;
import dev.cermin.eval.Item;
import dev.cermin.verify.RegexVerifier;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.VerifierSpec;
import dev.cermin.verify.Verifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads one case. Used once. */
final class CaseReader {
    private static final List<String> EXPECTED = List.of("equals", "contains", "matches", "verifiers");

    private final Section section;
    private final Verifiers verifiers;
    private final List<Verifier> checks = new ArrayList<>();
    private final List<String> golds = new ArrayList<>();

    CaseReader(Section section, Verifiers verifiers) {
        this.section = section;
        this.verifiers = verifiers;
    }

    /** @param category where the case names none */
    Item read(String category) {
        String id = section.text("id");
        String in = section.optionalText("category").orElse(category);
        String input = section.text("input");
        Map<String, String> metadata = section.textsByName("metadata");
        expected();
        String gold = section.optionalText("gold").orElse(String.join("; ", golds));
        section.noOtherKeys();
        return new Item(id, in, input, gold, new CaseScorer(input, metadata, checks), metadata);
    }

    /** Whether there is anything to tell right from wrong by. */
    boolean expects() {
        return !checks.isEmpty();
    }

    private void expected() {
        section.optionalText("equals").ifPresent(text -> {
            checks.add(CaseChecks.equal(text));
            golds.add(text);
        });
        List<String> texts = section.texts("contains");
        if (!texts.isEmpty()) {
            checks.add(CaseChecks.contain(texts));
            golds.add(String.join(", ", texts));
        }
        section.optionalText("matches").filter(pattern -> !pattern.isEmpty()).ifPresent(this::matches);
        for (VerifierSpec spec : section.verifiers(verifiers)) {
            checks.add(verifiers.of(spec));
            golds.add(spec.settings().isEmpty() ? spec.name() : spec.name() + " " + spec.settings());
        }
        if (EXPECTED.stream().noneMatch(section::has)) {
            section.fault("does not say what is expected; one of %s is to".formatted(EXPECTED));
        }
    }

    private void matches(String pattern) {
        try {
            checks.add(RegexVerifier.matching(pattern));
            golds.add(pattern);
        } catch (IllegalArgumentException e) {
            section.fault("matches", e.getMessage());
        }
    }
}
