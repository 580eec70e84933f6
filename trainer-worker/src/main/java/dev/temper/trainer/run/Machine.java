package dev.temper.trainer.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What this machine has, and what this process took of it, as Linux tells. */
public final class Machine {
    private Machine() {}

    /** The most memory this process ever held, in bytes; 0 where it can't be told. */
    public static long peakMemory() {
        return kibibytes(Path.of("/proc/self/status"), "VmHWM") * 1024;
    }

    /** What this process holds now, in bytes. */
    static long residentMemory() {
        return kibibytes(Path.of("/proc/self/status"), "VmRSS") * 1024;
    }

    /** Memory that can be taken without swapping, in bytes: the machine's or the container's, whichever is less. */
    static long availableMemory() {
        long machine = kibibytes(Path.of("/proc/meminfo"), "MemAvailable") * 1024;
        long container =
                number(Path.of("/sys/fs/cgroup/memory.max")) - number(Path.of("/sys/fs/cgroup/memory.current"));
        return container > 0 ? Math.min(machine, container) : machine;
    }

    static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static long kibibytes(Path file, String key) {
        try {
            Matcher line = Pattern.compile("(?m)^" + key + ":\\s+(\\d+) kB").matcher(Files.readString(file));
            return line.find() ? Long.parseLong(line.group(1)) : 0;
        } catch (IOException _) {
            return 0;
        }
    }

    private static long number(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException | NumberFormatException _) {
            return 0;
        }
    }
}
