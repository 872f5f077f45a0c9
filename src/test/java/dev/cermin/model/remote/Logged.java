package dev.cermin.model.remote;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Everything that is logged, by whatever way and at every level, while this is open. */
final class Logged extends Handler {
    private static final Formatter EVERYTHING = new PatternFormatter("%c %s%e");

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger root;
    private final Level before;

    Logged() {
        root = rootLogger();
        before = root.getLevel();
        setLevel(Level.ALL);
        root.setLevel(Level.ALL);
        root.addHandler(this);
    }

    /** SLF4J and commons-logging go to JBoss's manager here, which may or may not be the JDK's. */
    private static Logger rootLogger() {
        return org.jboss.logmanager.Logger.getLogger("");
    }

    @Override
    public void publish(LogRecord record) {
        // asked for its details, AWS's library shows the bodies of errors, whatever stands in them
        if (record.getLoggerName().startsWith("software.amazon.awssdk")
                && record.getLevel().intValue() < Level.INFO.intValue()) {
            return;
        }
        lines.add(EVERYTHING.format(record));
    }

    String text() {
        return String.join("\n", lines);
    }

    @Override
    public void flush() {
        // nothing is kept back
    }

    @Override
    public void close() {
        root.removeHandler(this);
        root.setLevel(before);
    }
}
