package dev.temper.trainer.supervise;

import com.sun.management.OperatingSystemMXBean;
import dev.temper.contract.CodedException;
import dev.temper.contract.link.Device;
import dev.temper.contract.link.DeviceReading;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** How the devices are. What can't be told is left out: a worker whose driver hangs still says that it lives. */
final class Telemetry {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<Device> devices;
    private final Tool nvidiaSmi;

    Telemetry(List<Device> devices, Tool nvidiaSmi) {
        this.devices = List.copyOf(devices);
        this.nvidiaSmi = nvidiaSmi;
    }

    static Telemetry ofThisMachine(List<Device> devices) {
        return new Telemetry(devices, new ProgramTool("nvidia-smi", PATIENCE));
    }

    /** @param busy ids of devices that have runs */
    List<DeviceReading> read(Set<String> busy) {
        List<DeviceReading> cards =
                devices.stream().anyMatch(device -> device.kind() == Device.Kind.NVIDIA) ? cards() : List.of();
        return devices.stream()
                .map(device -> switch (device.kind()) {
                    case CPU -> processor(device);
                    case SIMULATED -> simulated(device, busy.contains(device.id()));
                    case NVIDIA -> card(device, cards);
                })
                .toList();
    }

    private List<DeviceReading> cards() {
        try {
            return nvidiaSmi.ask(NvidiaCards.QUERY) instanceof Tool.Answer.Ended(int status, String output)
                            && status == 0
                    ? NvidiaCards.parse(output).stream()
                            .map(NvidiaCards.Card::reading)
                            .toList()
                    : List.of();
        } catch (CodedException _) {
            return List.of();
        }
    }

    /** A slice is as well as the card it is cut from. */
    private static DeviceReading card(Device device, List<DeviceReading> cards) {
        String card = Objects.requireNonNullElse(device.partOf(), device.id());
        return cards.stream()
                .filter(reading -> reading.device().equals(card))
                .map(reading -> new DeviceReading(
                        device.id(),
                        reading.utilisation(),
                        reading.memoryUsedBytes(),
                        reading.temperature(),
                        reading.watts(),
                        reading.complaint() == null ? device.complaint() : reading.complaint()))
                .findFirst()
                .orElseGet(() -> untold(device));
    }

    private static DeviceReading processor(Device device) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean host)) {
            return untold(device);
        }
        double load = host.getCpuLoad();
        long used = host.getTotalMemorySize() - host.getFreeMemorySize();
        return new DeviceReading(
                device.id(), load >= 0 ? Math.min(100, load * 100) : null, Math.max(0, used), null, null, null);
    }

    private static DeviceReading simulated(Device device, boolean busy) {
        return new DeviceReading(
                device.id(),
                busy ? 97.0 : 0.0,
                busy ? device.memoryBytes() / 10 * 8 : 0,
                busy ? 64.0 : 31.0,
                busy ? 310.0 : 55.0,
                null);
    }

    private static DeviceReading untold(Device device) {
        return new DeviceReading(device.id(), null, null, null, null, device.complaint());
    }
}
