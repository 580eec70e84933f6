package dev.temper.trainer.supervise;

import dev.temper.contract.link.Device;
import dev.temper.trainer.tensor.ComputePrecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host's own processor, a device where there is no other.
 *
 * @param bf16 whether it is fast in it, as the trainer asks it where precision is left to it
 */
record HostCpu(String model, long memoryBytes, boolean bf16) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final int LONGEST_MODEL = 100;

    static HostCpu read() {
        String model = found(CPU_INFO, "(?m)^model name\\s*:\\s*(.+)$", System.getProperty("os.arch"));
        String kibibytes = found(Path.of("/proc/meminfo"), "(?m)^MemTotal:\\s+(\\d{1,12}) kB", "0");
        return new HostCpu(model, Long.parseLong(kibibytes) * 1024, ComputePrecision.hasFastBfloat16(CPU_INFO));
    }

    Device device() {
        String cut = model.substring(0, Math.min(LONGEST_MODEL, model.length()));
        return new Device("cpu", Device.Kind.CPU, 0, cut, memoryBytes, null, bf16, Device.Health.OK, null, null);
    }

    private static String found(Path file, String pattern, String otherwise) {
        try {
            Matcher line = Pattern.compile(pattern).matcher(Files.readString(file));
            return line.find() ? line.group(1).strip() : otherwise;
        } catch (IOException _) {
            return otherwise;
        }
    }
}
