package dev.temper.benchmarks.schedule;

import dev.temper.platform.scheduling.ClusterSnapshot;
import dev.temper.platform.scheduling.ClusterSnapshot.Device;
import dev.temper.platform.scheduling.ClusterSnapshot.Node;
import dev.temper.platform.scheduling.ClusterSnapshot.Queued;
import dev.temper.platform.scheduling.Decision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What the planner is compared with: the oldest job starts as soon as it fits somewhere, and nobody passes it. */
final class FirstComeFirstServed {
    private FirstComeFirstServed() {}

    static List<Decision> plan(ClusterSnapshot cluster) {
        var held = new HashSet<UUID>();
        cluster.running().forEach(run -> held.addAll(run.devices()));
        var decisions = new ArrayList<Decision>();
        List<Queued> byAge = cluster.queued().stream()
                .sorted(Comparator.comparing(Queued::queuedSince).thenComparing(Queued::job))
                .toList();
        for (Queued job : byAge) {
            List<UUID> devices = firstFit(cluster.nodes(), held, job.devices());
            if (devices.isEmpty()) {
                return decisions;
            }
            held.addAll(devices);
            decisions.add(new Decision.Start(job.job(), devices, true, false));
        }
        return decisions;
    }

    private static List<UUID> firstFit(List<Node> nodes, Set<UUID> held, int devices) {
        for (Node node : nodes) {
            List<UUID> free = node.devices().stream()
                    .map(Device::id)
                    .filter(device -> !held.contains(device))
                    .limit(devices)
                    .toList();
            if (free.size() == devices) {
                return free;
            }
        }
        return List.of();
    }
}
