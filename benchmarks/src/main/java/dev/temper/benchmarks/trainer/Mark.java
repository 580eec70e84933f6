package dev.temper.benchmarks.trainer;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A moment: the clock, and how long the machine and this process have computed up to it.
 *
 * @param seconds of the clock
 * @param busy seconds all processors were busy
 * @param own seconds this process computed
 */
record Mark(double seconds, double busy, double own) {
    private static final double TICKS_PER_SECOND = 100;

    static Mark now() {
        var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Mark(System.nanoTime() / 1e9, busySeconds(), machine.getProcessCpuTime() / 1e9);
    }

    private static double busySeconds() {
        try {
            String[] ticks = Files.readAllLines(Path.of("/proc/stat"))
                    .getFirst()
                    .substring(3)
                    .strip()
                    .split("\\s+", -1);
            long busy = 0;
            for (int i = 0; i < 8; i++) {
                // The fourth and fifth are idle and waiting for a disk.
                busy += i == 3 || i == 4 ? 0 : Long.parseLong(ticks[i]);
            }
            return busy / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new IllegalStateException("Only Linux tells what other processes take", e);
        }
    }

    /** The share of the machine that others took between then and now, from 0 to 1. */
    static double othersShare(Mark then, Mark now) {
        double span = (now.seconds - then.seconds) * Runtime.getRuntime().availableProcessors();
        return Math.max(0, ((now.busy - then.busy) - (now.own - then.own)) / span);
    }
}
