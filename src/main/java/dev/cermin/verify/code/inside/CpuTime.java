package dev.cermin.verify.code.inside;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * What was computed so far, in nanoseconds.
 *
 * @param thread of this thread
 * @param process of all threads, the compiler's too; where the process has a limit, it counts in ticks of some milliseconds
 */
record CpuTime(long thread, long process) {
    /** Of the process's time, what may be ticks and the compiler's. */
    private static final long UNSURE = 20_000_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    static CpuTime now() {
        return new CpuTime(THREADS.getCurrentThreadCpuTime(), SYSTEM.getProcessCpuTime());
    }

    /** This thread's time, or that of all where others had a part in it. */
    long since(CpuTime start) {
        return Math.max(thread - start.thread, process - start.process - UNSURE);
    }
}
