package dev.temper.web.compute;

import dev.temper.platform.resource.DeviceView;
import dev.temper.platform.resource.NodeState;
import dev.temper.platform.resource.NodeView;
import dev.temper.web.shell.Formats;
import dev.temper.web.shell.Moment;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A node as it is drawn.
 *
 * @param models what it has, as in 8 × A100-80G
 * @param load mean utilisation of its devices
 * @param hottest the highest temperature of its devices
 * @param runs how many jobs hold devices of it
 * @param open whether anything can still be changed
 * @param ready whether it is to take runs
 */
record NodeRow(
        UUID id,
        String name,
        @Nullable String pool,
        List<String> labels,
        Status status,
        @Nullable String sickReason,
        String models,
        int devices,
        int held,
        Bar bar,
        String load,
        String hottest,
        int runs,
        List<Device> cards,
        String workerVersion,
        String runKinds,
        @Nullable Moment enrolled,
        @Nullable Moment seen,
        boolean open,
        boolean ready,
        boolean draining,
        long version) {
    /** A device as its node's page draws it. */
    record Device(
            UUID id,
            int slot,
            String model,
            String hardwareId,
            Status status,
            @Nullable String sickReason,
            String memory,
            Bar used,
            String load,
            String temperature,
            boolean bf16,
            String capability,
            @Nullable Moment told) {
        static Device of(DeviceView device, Formats formats) {
            Long used = device.memoryUsedBytes();
            return new Device(
                    device.id(),
                    device.slot(),
                    device.model(),
                    device.hardwareId(),
                    Status.of(device),
                    device.sickReason(),
                    (used == null ? "–" : Measures.memory(used)) + " / " + Measures.memory(device.memoryBytes()),
                    Bar.of(used == null ? 0 : (int) (used >> 20), 0, 0, (int) Math.max(1, device.memoryBytes() >> 20)),
                    Measures.percent(device.utilisation()),
                    Measures.degrees(device.temperature()),
                    device.bf16(),
                    device.computeCapability(),
                    formats.moment(device.telemetryAt()));
        }
    }

    static NodeRow of(NodeView node, Formats formats) {
        List<DeviceView> present =
                node.devices().stream().filter(DeviceView::present).toList();
        int held =
                (int) present.stream().filter(device -> device.jobId() != null).count();
        return new NodeRow(
                node.id(),
                node.name(),
                node.pool(),
                node.labels(),
                Status.of(node),
                node.sickReason(),
                models(present),
                present.size(),
                held,
                Bar.of(held, 0, 0, present.size()),
                load(present),
                hottest(present),
                (int) present.stream()
                        .flatMap(device -> Optional.ofNullable(device.jobId()).stream())
                        .distinct()
                        .count(),
                node.devices().stream()
                        .map(device -> Device.of(device, formats))
                        .toList(),
                node.workerVersion(),
                node.runKinds() == null ? "" : String.join(", ", node.runKinds()),
                formats.moment(node.enrolledAt()),
                formats.moment(node.lastSeenAt()),
                node.retiredAt() == null,
                node.state() == NodeState.READY && node.sickReason() == null,
                node.state() == NodeState.DRAINING,
                node.version());
    }

    private static String models(List<DeviceView> devices) {
        return devices.stream()
                .collect(Collectors.groupingBy(DeviceView::model, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(model -> model.getValue() + " × " + model.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String load(List<DeviceView> devices) {
        OptionalDouble mean = devices.stream()
                .flatMap(device -> Optional.ofNullable(device.utilisation()).stream())
                .mapToDouble(Double::doubleValue)
                .average();
        return mean.isPresent() ? Measures.percent(mean.getAsDouble()) : "–";
    }

    private static String hottest(List<DeviceView> devices) {
        return devices.stream()
                .flatMap(device -> Optional.ofNullable(device.temperature()).stream())
                .max(Comparator.naturalOrder())
                .map(Measures::degrees)
                .orElse("–");
    }
}
