package dev.cermin.verify;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import net.sf.jsqlparser.statement.Block;
import net.sf.jsqlparser.statement.ExplainStatement;
import net.sf.jsqlparser.statement.IfElseStatement;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.WithItem;
import net.sf.jsqlparser.statement.update.Update;
import org.jspecify.annotations.Nullable;

/** The kinds of statement that a parsed statement is made of, by the words that begin them. */
final class SqlKinds {
    private final Set<String> kinds = new TreeSet<>();

    private SqlKinds() {}

    static Set<String> of(Statement statement) {
        SqlKinds found = new SqlKinds();
        found.add(statement);
        return found.kinds;
    }

    private void add(@Nullable Object statement) {
        switch (statement) {
            case null -> {}
            case Select select -> select(select);
            case ExplainStatement explain -> {
                kinds.add("explain");
                add(explain.getStatement());
            }
            case Block block -> {
                kinds.add("block");
                block.getStatements().forEach(this::add);
            }
            case IfElseStatement branch -> {
                kinds.add("if");
                add(branch.getIfStatement());
                add(branch.getElseStatement());
            }
            case Insert insert -> {
                kinds.add("insert");
                with(insert.getWithItemsList());
                add(insert.getSelect());
            }
            case Update update -> {
                kinds.add("update");
                with(update.getWithItemsList());
            }
            case Delete delete -> {
                kinds.add("delete");
                with(delete.getWithItemsList());
            }
            default -> kinds.add(firstWord(statement.getClass().getSimpleName()));
        }
    }

    private void select(Select select) {
        kinds.add("select");
        with(select.getWithItemsList());
        if (select instanceof ParenthesedSelect parenthesed) {
            add(parenthesed.getSelect());
        } else if (select instanceof SetOperationList list) {
            list.getSelects().forEach(this::add);
        } else if (select instanceof PlainSelect plain
                && plain.getIntoTables() != null
                && !plain.getIntoTables().isEmpty()) {
            kinds.add("create");
        }
    }

    private void with(@Nullable List<WithItem<?>> items) {
        if (items != null) {
            items.forEach(item -> add(item.getParenthesedStatement()));
        }
    }

    /** {@code CreateTable} is a create, {@code ShowTablesStatement} a show. */
    private static String firstWord(String type) {
        return type.replaceAll("(?<=[a-z])[A-Z].*", "").toLowerCase(Locale.ROOT);
    }
}
