package dev.temper.trainer.supervise;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.Device;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Devices there are none of, for trying out: {@code 8xA100-80G}. */
public final class SimulatedDevices {
    private static final Pattern FORM = Pattern.compile("(\\d{1,3})x([A-Za-z0-9][A-Za-z0-9 .]{0,30})-(\\d{1,4})G");
    private static final int MOST = 256;

    /** Cards of before Ampere, which do not compute in bfloat16. */
    private static final Set<String> OLD = Set.of("V100", "P100", "T4", "RTX6000");

    private SimulatedDevices() {}

    /**
     * Reads count, model and memory.
     *
     * @throws CodedException {@code simulated_devices_invalid}
     */
    public static List<Device> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw invalid(text);
        }
        int count = Integer.parseInt(parts.group(1));
        long memory = Long.parseLong(parts.group(3)) << 30;
        if (count < 1 || count > MOST || memory == 0) {
            throw invalid(text);
        }
        String model = parts.group(2);
        return IntStream.range(0, count)
                .mapToObj(index -> device(index, model, memory))
                .toList();
    }

    private static Device device(int index, String model, long memory) {
        return new Device(
                "sim-" + index,
                Device.Kind.SIMULATED,
                index,
                model,
                memory,
                null,
                !OLD.contains(model),
                Device.Health.OK,
                null,
                null);
    }

    private static CodedException invalid(String text) {
        return CodedException.user(
                        "simulated_devices_invalid",
                        "\"" + text + "\" does not describe simulated devices.",
                        "Write how many (1 to " + MOST + "), the model, and the memory of each, as in 8xA100-80G.")
                .with("devices", text);
    }
}
