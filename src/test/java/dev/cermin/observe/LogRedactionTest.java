package dev.cermin.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.redact.Redaction;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class LogRedactionTest {
    private final LogRedaction filter = new LogRedaction(Redaction.DEFAULT);

    private String line(ExtLogRecord record) {
        assertThat(filter.isLoggable(record)).isTrue();
        return new PatternFormatter("%s%e").format(record);
    }

    @Test
    void whatIsSecretInAMessageOrAParameterIsAMark() {
        ExtLogRecord record =
                new ExtLogRecord(Level.WARNING, "Card %s was refused", ExtLogRecord.FormatStyle.PRINTF, "test");
        record.setParameters(new Object[] {"4111 1111 1111 1111"});

        assertThat(line(record)).isEqualTo("Card [redacted:card] was refused");
    }

    @Test
    void whatAFailureQuotesIsAMarkAndItsStackTraceStays() {
        ExtLogRecord record = new ExtLogRecord(Level.WARNING, "It failed", "test");
        record.setThrown(new IllegalStateException("Outer", new IllegalArgumentException("No 4111111111111111")));

        assertThat(line(record))
                .contains("java.lang.IllegalArgumentException: No [redacted:card]", "LogRedactionTest")
                .doesNotContain("4111111111111111");
    }

    @Test
    void anotherLineIsLeftAsItIs() {
        ExtLogRecord record = new ExtLogRecord(Level.INFO, "Lane %s", ExtLogRecord.FormatStyle.PRINTF, "test");
        record.setParameters(new Object[] {"reflect"});

        assertThat(line(record)).isEqualTo("Lane reflect");
        assertThat(record.getParameters()).hasSize(1);
    }
}
