package dev.cermin.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tasks as lists show them, with the beginnings of texts that lie in their steps. */
final class Rows {
    /** Which no text has that somebody means: of Unicode's private use. */
    private static final char BEGIN = '\uE000';

    private static final char END = '\uE001';

    private static final String SELECT =
            "select task.*, input.text as input, answer.text as answer, %s as match from task"
                    + " left join lateral (select left(output, 200) as text from step where task_id = task.id"
                    + " and tenant = task.tenant and created_at = task.created_at and number = 0) as input on true"
                    + " left join lateral (select left(output, 200) as text from step where task_id = task.id"
                    + " and tenant = task.tenant and created_at = task.created_at and kind = 'finish') as answer on true"
                    + "%s where ";
    private static final String ORDER = " order by task.created_at desc, task.id desc limit ";
    private static final String SEARCHED = " left join lateral searched(task.id, task.tenant, task.created_at) on true";
    private static final String MATCH = "ts_headline(search_config(), searched.text,"
            + " websearch_to_tsquery(search_config(), ?), 'MaxFragments=2, MaxWords=20, MinWords=8,"
            + " FragmentDelimiter=\" … \", StartSel=" + BEGIN + ", StopSel=" + END + "')";

    private final Connection connection;

    Rows(Connection connection) {
        this.connection = connection;
    }

    /** @param text whose words are shown; null for none */
    List<TraceRow> of(List<UUID> ids, @Nullable String text) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        Conditions conditions = new Conditions();
        if (text != null) {
            conditions.add("true", text); // it stands in what is selected, before all others
        }
        conditions.add("task.id = any (?)", connection.createArrayOf("uuid", ids.toArray()));
        String select = text == null ? SELECT.formatted("null", "") : SELECT.formatted(MATCH, SEARCHED);
        return select(select, conditions, ids.size());
    }

    List<TraceRow> of(Conditions conditions, int most) throws SQLException {
        return select(SELECT.formatted("null", ""), conditions, most);
    }

    private List<TraceRow> select(String sql, Conditions conditions, int most) throws SQLException {
        List<TraceRow> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql + conditions.sql() + ORDER + most)) {
            conditions.setTo(select);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(row(found));
                }
            }
        }
        return rows;
    }

    private static TraceRow row(ResultSet found) throws SQLException {
        OffsetDateTime finished = found.getObject("finished_at", OffsetDateTime.class);
        return new TraceRow(
                found.getObject("id", UUID.class),
                found.getString("tenant"),
                found.getString("agent"),
                found.getString("agent_version"),
                found.getObject("created_at", OffsetDateTime.class).toInstant(),
                finished == null ? null : finished.toInstant(),
                found.getString("stop_reason"),
                found.getObject("accepted", Boolean.class),
                found.getObject("score", Double.class),
                found.getInt("steps"),
                found.getInt("rounds"),
                found.getInt("calls"),
                found.getLong("tokens_in"),
                found.getLong("tokens_out"),
                found.getBigDecimal("cost").stripTrailingZeros(),
                found.getString("label"),
                firstLine(found.getString("input")),
                firstLine(found.getString("answer")),
                pieces(found.getString("match")));
    }

    private static @Nullable String firstLine(@Nullable String text) {
        return text == null ? null : text.strip().lines().findFirst().orElse("");
    }

    private static List<Piece> pieces(@Nullable String marked) {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        while (marked != null && from < marked.length()) {
            boolean hit = marked.charAt(from) == BEGIN;
            int end = marked.indexOf(hit ? END : BEGIN, from);
            String text = marked.substring(hit ? from + 1 : from, end < 0 ? marked.length() : end);
            if (!text.isEmpty()) {
                pieces.add(new Piece(text, hit));
            }
            from = end < 0 ? marked.length() : hit ? end + 1 : end;
        }
        return pieces;
    }
}
