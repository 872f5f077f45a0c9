package dev.cermin.run;

import dev.cermin.agent.AnswerFormat;
import dev.cermin.loop.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From calls to drafts, and calls put together. */
final class Drafts {
    private Drafts() {}

    /** Reasoning that the provider returns apart goes before reasoning in tags. */
    static Draft read(AnswerFormat format, Call call) {
        AnswerFormat.Read read = format.read(call.response());
        String thinking = call.thinking().isEmpty()
                ? read.thinking()
                : read.thinking().isEmpty() ? call.thinking() : call.thinking() + "\n\n" + read.thinking();
        List<String> problems = read.problems();
        if (call.notes().contains(Draft.CUT)) {
            problems = new ArrayList<>(problems);
            problems.add(Draft.CUT);
        }
        return new Draft(thinking, read.output(), call.model(), problems);
    }

    /** A call and the one that repeats it, as one; where that gave no answer, it is the same call twice. */
    static Call joined(Call first, Call second, Meter meter, String note) {
        List<String> notes = new ArrayList<>(meter.notes());
        notes.add(note);
        return new Call(
                second.model(),
                second.provider(),
                second.parameters(),
                second.promptId(),
                first.prompt(),
                second.response(),
                second.thinking(),
                meter.calls(),
                meter.tokensIn(),
                meter.tokensOut(),
                meter.cost(),
                meter.tools(),
                notes);
    }

    static Call withoutAnswer(String model, String promptId, Meter meter) {
        return new Call(
                model,
                "",
                Map.of(),
                promptId,
                "",
                "",
                "",
                meter.calls(),
                meter.tokensIn(),
                meter.tokensOut(),
                meter.cost(),
                meter.tools(),
                meter.notes());
    }
}
