package dev.cermin.observe;

import dev.cermin.config.CerminConfig;
import dev.cermin.config.TracesConfig;
import dev.cermin.redact.Redaction;
import io.quarkus.logging.LoggingFilter;
import io.smallrye.config.SmallRyeConfig;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Log lines by the rules of {@code cermin.redaction}, whoever writes them: a failure may quote what a model or a person
 * wrote. The rules are everyone's, as a line may be of no task. Thread-safe.
 */
@LoggingFilter(name = "cermin-redaction")
public final class LogRedaction implements Filter {
    /** The message with its parameters, and nothing else. */
    private final ExtFormatter message = new PatternFormatter("%s");

    /** Made by the first line, as there is no configuration before. */
    private volatile @Nullable Redaction rules;

    /** What a failure says, redacted; its stack trace is the original's. */
    @SuppressWarnings("OverrideThrowableToString") // it is to look like the one in whose place it is
    private static final class RedactedFailure extends Exception {
        private final String text;

        RedactedFailure(Throwable of, String text, @Nullable Throwable cause) {
            super(text, cause, false, true);
            this.text = text;
            setStackTrace(of.getStackTrace());
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** By the configuration of the services. */
    public LogRedaction() {}

    LogRedaction(Redaction rules) {
        this.rules = rules;
    }

    /** True: no line is held back. */
    @Override
    public boolean isLoggable(LogRecord line) {
        Redaction all = rules();
        if (!all.on()) {
            return true;
        }
        String text = message.format(ExtLogRecord.wrap(line));
        String redacted = all.apply(text);
        if (!redacted.equals(text)) {
            set(line, redacted);
        }
        Throwable thrown = line.getThrown();
        if (thrown != null && tells(all, thrown)) {
            line.setThrown(redacted(all, thrown));
        }
        return true;
    }

    private static void set(LogRecord line, String text) {
        if (line instanceof ExtLogRecord own) {
            own.setMessage(text, ExtLogRecord.FormatStyle.NO_FORMAT);
        } else {
            line.setMessage(text);
        }
        line.setParameters(null);
    }

    private static boolean tells(Redaction all, Throwable thrown) {
        int deep = 0;
        for (Throwable each = thrown; each != null && deep < 20; each = each.getCause()) {
            String text = each.toString();
            if (!all.apply(text).equals(text)) {
                return true;
            }
            deep++;
        }
        return false;
    }

    @SuppressWarnings("ReferenceEquality") // some throwables are their own cause
    private static Throwable redacted(Redaction all, Throwable thrown) {
        Throwable cause = thrown.getCause();
        return new RedactedFailure(
                thrown, all.apply(thrown.toString()), cause == null || cause == thrown ? null : redacted(all, cause));
    }

    private Redaction rules() {
        Redaction known = rules;
        if (known == null) {
            known = configured();
            rules = known;
        }
        return known;
    }

    private static Redaction configured() {
        TracesConfig.Redaction config;
        try {
            config = ConfigProvider.getConfig()
                    .unwrap(SmallRyeConfig.class)
                    .getConfigMapping(CerminConfig.class)
                    .redaction();
        } catch (RuntimeException e) {
            // lines from before there is a configuration, or about its faults
            return Redaction.DEFAULT;
        }
        if (!config.enabled()) {
            return Redaction.NONE;
        }
        Redaction rules = Redaction.of(config.kinds());
        for (Map.Entry<String, String> rule : config.custom().entrySet()) {
            rules = rules.with(rule.getKey(), rule.getValue());
        }
        return rules;
    }
}
