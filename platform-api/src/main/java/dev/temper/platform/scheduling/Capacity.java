package dev.temper.platform.scheduling;

import dev.temper.platform.scheduling.ClusterSnapshot.Device;
import dev.temper.platform.scheduling.ClusterSnapshot.Node;
import dev.temper.platform.scheduling.ClusterSnapshot.NodeAvailability;
import java.util.List;

/** How big a job of a pool can be at all: with what is open and well, and with everything that is there. */
record Capacity(int largestNode, int largestOpenNode, int allNodes, int allOpenNodes) {
    static Capacity of(List<Node> nodes) {
        int largest = 0;
        int largestOpen = 0;
        int all = 0;
        int allOpen = 0;
        for (Node node : nodes) {
            int there = node.devices().size();
            int open = node.availability() == NodeAvailability.OPEN
                    ? (int) node.devices().stream().filter(Device::healthy).count()
                    : 0;
            largest = Math.max(largest, there);
            largestOpen = Math.max(largestOpen, open);
            all += there;
            allOpen += open;
        }
        return new Capacity(largest, largestOpen, all, allOpen);
    }

    int most(boolean acrossNodes) {
        return acrossNodes ? allNodes : largestNode;
    }

    int mostOpen(boolean acrossNodes) {
        return acrossNodes ? allOpenNodes : largestOpenNode;
    }
}
