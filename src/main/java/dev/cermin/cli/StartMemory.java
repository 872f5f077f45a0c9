package dev.cermin.cli;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jboss.logging.Logger;

/**
 * What starting took from the C library, the compilers' memory above all, and that lies idle afterwards: given back once, as
 * {@code jcmd PID System.trim_native_heap} does it. Over and over, by {@code -XX:TrimNativeHeapInterval}, would have memory
 * go up and down by what compiling takes under load.
 */
final class StartMemory {
    private static final Logger LOG = Logger.getLogger(StartMemory.class);
    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";
    private static final String TRIM = "systemTrimNativeHeap";

    private StartMemory() {}

    /** In the background; nothing happens where the JVM has no such command, or the C library is another. */
    static void giveBackAfter(Duration pause) {
        Thread.ofVirtual().name("cermin-start-memory").start(() -> {
            try {
                Thread.sleep(pause);
                Object said = ManagementFactory.getPlatformMBeanServer()
                        .invoke(new ObjectName(COMMANDS), TRIM, new Object[0], new String[0]);
                LOG.debugf("%s", said);
            } catch (JMException e) {
                LOG.debugf("No memory is given back: %s", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
