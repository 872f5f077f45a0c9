package dev.cermin.tune.select;

import dev.cermin.Agent;
import dev.cermin.agent.Agents;
import dev.cermin.eval.InProcess;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.tune.Likelihood;
import dev.cermin.tune.Likelihood.Scored;
import dev.cermin.tune.Likelihood.Unscored;
import dev.cermin.tune.Sample;
import dev.cermin.tune.Student;
import dev.cermin.tune.score.ChatFormat;
import dev.cermin.tune.score.Scoring;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A student for whom samples are as likely as they say themselves: {@code {ifd 0.5}} stands in an instruction, {@code
 * {rifd 0.5}} in an output. It remembers what it was asked.
 */
final class Scripted implements Student {
    static final String FULL = "the prompt fills the window of 512 tokens";

    private static final Pattern IFD = Pattern.compile("\\{ifd ([^}]*)}");
    private static final Pattern RIFD = Pattern.compile("\\{rifd ([^}]*)}");

    final List<String> asked = new ArrayList<>();

    @Override
    public Likelihood likelihood(String prompt, String text) {
        asked.add(prompt + " | " + text);
        if (text.isEmpty()) {
            return new Unscored("the text is empty");
        }
        if (prompt.isEmpty()) {
            return new Scored(2, 10);
        }
        String ratio = said(IFD.matcher(text).find() ? RIFD : IFD, prompt);
        return ratio.equals("none") ? new Unscored(FULL) : new Scored(2 + Math.log(Double.parseDouble(ratio)), 10);
    }

    private static String said(Pattern what, String text) {
        Matcher found = what.matcher(text);
        if (!found.find()) {
            throw new IllegalArgumentException("There is no " + what + " in " + text);
        }
        return found.group(1);
    }

    Scoring scoring() {
        return new Scoring(this, ChatFormat.ALPACA);
    }

    static Sample sample(String id, Object ifd, Object rifd) {
        return new Sample(
                id,
                "do %s {ifd %s}".formatted(id, ifd),
                "",
                "done %s {rifd %s}".formatted(id, rifd),
                new Sample.Source("test", 0, List.of()));
    }

    static String pair(String id, Object ifd, Object rifd) {
        return "It is dull. [New Instruction] better %s {ifd %s} [End]\n[New Answer] new %s {rifd %s} [End]"
                .formatted(id, ifd, id, rifd);
    }

    static String answer(String id, Object rifd) {
        return "It is short. [Better Answer] best %s {rifd %s} [End]".formatted(id, rifd);
    }

    static Teacher teacher(ScriptedChatModel model) {
        return Teacher.of(
                Agents.ofClassPath(),
                "teacher",
                agent -> new InProcess(Agent.builder(agent).model(model).build()),
                "a scripted one");
    }
}
