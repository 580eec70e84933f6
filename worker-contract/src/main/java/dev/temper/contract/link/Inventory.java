package dev.temper.contract.link;

import java.util.List;
import java.util.Map;

/**
 * What a worker has to give.
 *
 * @param devices what runs may be given, each by itself
 * @param labels what pools pick workers by, such as {@code gpu → a100-80g}
 * @param memoryBytes of the host
 * @param processors of the host
 */
public record Inventory(List<Device> devices, Map<String, String> labels, long memoryBytes, int processors) {
    public static final int MAX_DEVICES = 256;

    public Inventory {
        devices = LinkCheck.list("devices", devices, MAX_DEVICES);
        if (devices.stream().map(Device::id).distinct().count() != devices.size()) {
            throw LinkCheck.invalid("devices", "names a device twice", "each device once");
        }
        labels = LinkCheck.map("labels", labels, 64);
        labels.forEach((key, value) -> LinkCheck.text("labels." + key, value, 100));
        LinkCheck.notNegative("memoryBytes", memoryBytes);
        LinkCheck.range("processors", processors, 1, 65_536);
    }
}
