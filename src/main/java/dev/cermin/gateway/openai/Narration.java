package dev.cermin.gateway.openai;

import dev.cermin.gateway.StepView;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import java.util.ArrayList;
import java.util.List;

/** A loop's progress in words: what clients show as the model's reasoning. */
final class Narration {
    private Narration() {}

    /** What is to be said of a step; empty for the first and for what the answer itself says. */
    static String of(TraceStep step) {
        boolean accepted = step.kind() == StepKind.FINISH && Boolean.TRUE.equals(step.accepted());
        if (accepted || step.kind() == StepKind.SUBMIT) {
            return "";
        }
        StepView view = StepView.of(step);
        List<String> lines = new ArrayList<>();
        if (step.texts().thinking() != null) {
            lines.add(step.texts().thinking());
        }
        if (step.kind() == StepKind.GENERATE || step.kind() == StepKind.CORRECT) {
            String name = step.kind() == StepKind.GENERATE ? "Draft" : "Correction " + step.round();
            if (view.text() != null) {
                lines.add(name + ": " + view.text());
            }
        }
        lines.addAll(view.findings());
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
