package dev.cermin.model.remote;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that is logged, by whatever way and at every level, while this is open. */
final class Logged extends Handler {
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
        var text = new StringWriter();
        text.append(record.getLoggerName()).append(' ').append(new SimpleFormatter().formatMessage(record));
        if (record instanceof org.jboss.logmanager.ExtLogRecord extended) {
            text.append(' ').append(extended.getFormattedMessage());
        }
        if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        lines.add(text.toString());
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
