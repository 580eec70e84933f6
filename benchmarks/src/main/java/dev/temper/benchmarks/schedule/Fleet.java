package dev.temper.benchmarks.schedule;

import dev.temper.platform.resource.DeviceKind;
import dev.temper.platform.scheduling.ClusterSnapshot.Device;
import dev.temper.platform.scheduling.ClusterSnapshot.Node;
import dev.temper.platform.scheduling.ClusterSnapshot.NodeAvailability;
import dev.temper.platform.scheduling.ClusterSnapshot.Pool;
import dev.temper.platform.scheduling.ClusterSnapshot.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One pool of equal nodes, and the tenants that share it. */
record Fleet(Pool pool, List<Node> nodes, List<Party> tenants) {
    /** @param weight how much of the load it brings */
    record Party(UUID id, String name, int guaranteed, double weight) {}

    static Fleet of(int nodeCount, int devicesPerNode, List<Party> tenants) {
        var pool = new Pool(new UUID(0, 1), nodeCount * devicesPerNode);
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < nodeCount; i++) {
            var devices = new ArrayList<Device>();
            for (int slot = 0; slot < devicesPerNode; slot++) {
                devices.add(new Device(new UUID(i + 1, slot), true, DeviceKind.SIMULATED));
            }
            nodes.add(new Node(new UUID(1, i), pool.id(), NodeAvailability.OPEN, devices));
        }
        return new Fleet(pool, nodes, tenants);
    }

    /** Four tenants that are guaranteed an eighth each, and eight that only borrow; some bring much more work than others. */
    static Fleet usual() {
        var tenants = new ArrayList<Party>();
        for (int i = 0; i < 12; i++) {
            tenants.add(new Party(new UUID(2, i), "t" + (i + 1), i < 4 ? 16 : 0, i % 4 == 3 ? 3 : 1));
        }
        return of(16, 8, tenants);
    }

    int devices() {
        return nodes.stream().mapToInt(node -> node.devices().size()).sum();
    }

    List<Quota> quotas() {
        return tenants.stream()
                .map(tenant ->
                        new Quota(tenant.id, pool.id(), tenant.guaranteed, devices(), null, null, null, null, Map.of()))
                .toList();
    }
}
