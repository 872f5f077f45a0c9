package dev.cermin.train;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.cermin.problem.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a measurement found, of all the models of one recipe together.
 *
 * @param models how many, each of another seed
 * @param marks by family
 * @param controls by family
 */
record Results(int models, Map<Family, Marks> marks, Map<Family, Controls> controls) {
    private static final List<String> HEAD = List.of(
            "family",
            "answers",
            "right: single shot, then after rounds 1, 2, 3",
            "critic: recall, precision, false alarms",
            "repaired",
            "broken",
            "tokens");

    private static final List<String> CONTROL_HEAD = List.of(
            "family",
            "loop",
            "tokens",
            "vote of n",
            "n",
            "its tokens",
            "scratchpad",
            "its tokens",
            "answer after the draft, unreflected");

    /** As a person reads it on a terminal, or as Markdown has it. */
    String shown() {
        return table(HEAD, rows()) + "\n" + table(CONTROL_HEAD, controlRows());
    }

    String markdown() {
        return markdown(HEAD, rows()) + "\n" + markdown(CONTROL_HEAD, controlRows());
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        marks.forEach((family, each) -> rows.add(row(family.key(), each)));
        rows.add(row("pooled", marks.values().stream().reduce(Marks::plus).orElseThrow()));
        return rows;
    }

    private static List<String> row(String name, Marks marks) {
        StringBuilder right = new StringBuilder();
        for (int round = 0; round <= Exam.ROUNDS; round++) {
            right.append(round == 0 ? "" : ", ").append(one(marks.accuracy(round)));
        }
        Marks.Critic critic = marks.critic();
        return List.of(
                name,
                String.valueOf(marks.count()),
                right.toString(),
                one(critic.recall()) + ", " + one(critic.precision()) + ", " + one(critic.falseAlarms()),
                String.valueOf(marks.repaired()),
                marks.broken() + " (" + one(Marks.percent(marks.broken(), marks.count())) + ")",
                String.valueOf(marks.tokens() / marks.count()));
    }

    private List<List<String>> controlRows() {
        List<List<String>> rows = new ArrayList<>();
        marks.forEach((family, each) -> rows.add(controlRow(family.key(), each, controls.get(family))));
        rows.add(controlRow(
                "pooled",
                marks.values().stream().reduce(Marks::plus).orElseThrow(),
                controls.values().stream().reduce(Controls::plus).orElseThrow()));
        return rows;
    }

    private static List<String> controlRow(String name, Marks loop, Controls controls) {
        int count = loop.count();
        return List.of(
                name,
                one(loop.accuracy(Exam.ROUNDS)),
                String.valueOf(loop.tokens() / count),
                one(Marks.percent(controls.voted(), count)),
                String.valueOf(controls.votes()),
                String.valueOf(controls.voteTokens() / count),
                one(Marks.percent(controls.scratchpad(), count)),
                String.valueOf(controls.scratchpadTokens() / count),
                one(Marks.percent(controls.unreflected(), count)));
    }

    private static String one(double percent) {
        return Double.isNaN(percent) ? "-" : String.format(Locale.ROOT, "%.1f", percent);
    }

    private static String table(List<String> head, List<List<String>> rows) {
        List<com.github.freva.asciitable.ColumnData<List<String>>> columns = new ArrayList<>();
        for (int i = 0; i < head.size(); i++) {
            int index = i;
            columns.add(new Column()
                    .header(head.get(i))
                    .maxWidth(24)
                    .dataAlign(i == 0 ? HorizontalAlign.LEFT : HorizontalAlign.RIGHT)
                    .with(row -> row.get(index)));
        }
        return AsciiTable.getTable(rows, columns) + "\n";
    }

    private static String markdown(List<String> head, List<List<String>> rows) {
        StringBuilder text = new StringBuilder("| " + String.join(" | ", head) + " |\n");
        text.append("|---".repeat(head.size())).append("|\n");
        rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        return text.toString();
    }
}
