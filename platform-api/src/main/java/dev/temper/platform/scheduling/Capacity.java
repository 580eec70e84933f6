package dev.temper.platform.scheduling;

import dev.temper.platform.resource.DeviceKind;
import dev.temper.platform.scheduling.ClusterSnapshot.Device;
import dev.temper.platform.scheduling.ClusterSnapshot.Node;
import dev.temper.platform.scheduling.ClusterSnapshot.NodeAvailability;
import dev.temper.platform.scheduling.ClusterSnapshot.Queued;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How big a job on one kind of device can be at all: with what is open and well, and with everything that is there. */
record Capacity(int largestNode, int largestOpenNode, int allNodes, int allOpenNodes) {
    /** What a job's devices must be for it to matter how many there are. */
    record Wanted(@Nullable DeviceKind kind, String run) {
        static Wanted by(Queued job) {
            return new Wanted(job.kind(), job.run());
        }
    }

    static Capacity of(List<Node> nodes, Wanted wanted) {
        return of(nodes.stream().filter(node -> node.canRun(wanted.run())).toList(), wanted.kind());
    }

    /** @param kind null: any, but on one node all of the same */
    private static Capacity of(List<Node> nodes, @Nullable DeviceKind kind) {
        if (kind == null) {
            return Arrays.stream(DeviceKind.values())
                    .map(each -> of(nodes, each))
                    .reduce(new Capacity(0, 0, 0, 0), Capacity::or);
        }
        int largest = 0;
        int largestOpen = 0;
        int all = 0;
        int allOpen = 0;
        for (Node node : nodes) {
            int there = 0;
            int open = 0;
            for (Device device : node.devices()) {
                if (device.kind() == kind) {
                    there++;
                    open += device.healthy() && node.availability() == NodeAvailability.OPEN ? 1 : 0;
                }
            }
            largest = Math.max(largest, there);
            largestOpen = Math.max(largestOpen, open);
            all += there;
            allOpen += open;
        }
        return new Capacity(largest, largestOpen, all, allOpen);
    }

    private Capacity or(Capacity other) {
        return new Capacity(
                Math.max(largestNode, other.largestNode),
                Math.max(largestOpenNode, other.largestOpenNode),
                allNodes + other.allNodes,
                allOpenNodes + other.allOpenNodes);
    }

    int most(boolean acrossNodes) {
        return acrossNodes ? allNodes : largestNode;
    }

    int mostOpen(boolean acrossNodes) {
        return acrossNodes ? allOpenNodes : largestOpenNode;
    }
}
