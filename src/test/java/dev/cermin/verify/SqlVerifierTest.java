package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlVerifierTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "SELECT a, count(*) FROM t GROUP BY a HAVING count(*) > 1 ORDER BY 2 DESC LIMIT 5;",
                "```sql\nselect '(' from t -- )\n```",
                "with recursive r(n) as (select 1 union all select n+1 from r where n < 5) select * from r",
                "select rank() over (partition by a order by b) from t",
                "select a = 1 or b from t",
                "insert into t (a) values (1)",
                "update t set a = 1 where b in (select b from u)",
                "create table t (a int primary key, b varchar(10) not null)",
            })
    void whatParsesPasses(String sql) {
        assertThat(check(SqlVerifier.of(), sql)).isEqualTo(Check.pass("sql", "The answer parses as SQL"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '@', textBlock = """
            select * form t where     | line 1, column 15: 't' is not expected there
            @select a,\n  b from\nwhere x@ | line 2, column 5: 'from' is not expected there
            update t set a = 1 where  | line 1, column 24: the end is not expected there, but one of "NOT" "(" "!"
            select f((a) from t       | line 1, column 9: ( has no counterpart
            select 'a from t          | line 1, column 8: ' has no counterpart
            Here it is: select 1      | line 1, column 1: 'Here' is not expected there
            """)
    void whatDoesNotParseFailsWithLineAndColumn(String sql, String reason) {
        Check check = check(SqlVerifier.of(), sql);

        assertThat(check.passed()).isFalse();
        assertThat(check.message()).startsWith("The answer does not parse as SQL: " + reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            drop table t                                            | drop
            insert into t select * from u                           | insert
            explain select 1                                        | explain
            with x as (delete from t returning *) select * from x   | delete
            select * into n from t                                  | create
            select 1 union (with y as (insert into t values (1) returning a) select a from y) | insert
            """)
    void whatIsNotAllowedFailsAlsoWithinASelect(String sql, String kind) {
        assertThat(check(SqlVerifier.of("select"), sql))
                .isEqualTo(Check.fail("sql", "The statement has " + kind + " in it, and only [select] may be used"));
        assertThat(check(SqlVerifier.of("select", kind), sql).passed()).isTrue();
    }

    @Test
    void everyFailureOfSeveralStatementsIsTold() {
        String sql = "select 1; drop table t; delete from u";

        assertThat(check(SqlVerifier.of("SELECT"), sql).message())
                .isEqualTo("There are 3 statements, and one is asked for;"
                        + " Statement 2 has drop in it, and only [select] may be used;"
                        + " Statement 3 has delete in it, and only [select] may be used");
        assertThat(check(SqlVerifier.of().several(), sql).passed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ; ", "-- nothing", "/* nothing */"})
    void anAnswerWithoutAStatementFails(String sql) {
        assertThat(check(SqlVerifier.of(), sql).message()).isEqualTo("There is no SQL statement in the answer");
    }

    @Test
    void aKindThatIsNoneIsRefused() {
        assertThatThrownBy(() -> SqlVerifier.of("selct"))
                .hasMessageStartingWith("'selct' is no kind of statement; known are [alter, analyze, block, comment,");
    }

    @Test
    void nestingDoesNotTakeForEver() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(15), () -> {
            assertThat(check(SqlVerifier.of(), "select " + "case ".repeat(40) + "1")
                            .message())
                    .isEqualTo("The answer does not parse as SQL: it takes longer than 2 s; nest it less");
            assertThat(check(SqlVerifier.of(), "select " + "(".repeat(2000) + "1")
                            .passed())
                    .isFalse();
            assertThat(check(SqlVerifier.of(), "select " + "not ".repeat(4000) + "a")
                            .passed())
                    .isFalse();
            assertThat(check(SqlVerifier.of(), "x".repeat(20_001)).message())
                    .isEqualTo("The SQL has 20001 characters; up to 20000 are parsed");
        });
    }

    private static Check check(Verifier verifier, String sql) {
        return verifier.verify(new Answer("", sql));
    }
}
