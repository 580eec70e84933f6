package dev.temper.platform.resource;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.common.Ids;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.Permission;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The machines. Their workers enrol them and report on them, which the worker link has made sure of before it calls; the
 * platform's admins say what is to become of them.
 */
@Service
public class Nodes {
    /** A node that says nothing for so long is offline and gets no runs. */
    public static final Duration SILENCE = Duration.ofSeconds(45);

    private static final UUID FIRST = new UUID(0, 0);
    private static final int MOST_DEVICES = 1_024;

    private final NodeRepository nodes;
    private final Inventory inventory;
    private final PoolMembership membership;
    private final Audit audit;
    private final Clock clock;
    private final TransactionOperations transactions;
    private final ApplicationEventPublisher events;

    Nodes(
            NodeRepository nodes,
            Inventory inventory,
            PoolMembership membership,
            Audit audit,
            Clock clock,
            TransactionOperations transactions,
            ApplicationEventPublisher events) {
        this.nodes = nodes;
        this.inventory = inventory;
        this.membership = membership;
        this.audit = audit;
        this.clock = clock;
        this.transactions = transactions;
        this.events = events;
    }

    // What workers do

    /** Makes a machine known, with what it has. */
    public NodeView enrol(String name, List<String> labels, String workerVersion, List<DeviceReport> devices) {
        String clean = name.strip();
        if (clean.isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at("/name");
        }
        Limits.text("/name", clean, 80);
        List<String> checked = Limits.labels("/labels", labels);
        refuseAbsurd(devices);
        return onFleet(() -> {
            if (nodes.existsByName(clean)) {
                throw ErrorCode.NODE_NAME_TAKEN.at("/name").with("node", clean);
            }
            Node node = nodes.saveAndFlush(new Node(Ids.next(), clean, checked, workerVersion, clock.instant()));
            membership.settle(node.id());
            inventory.report(node.id(), devices);
            NodeView made = view(node.id());
            audit.record(AuditAction.NODE_ENROLLED, target(made), null, made);
            return made;
        });
    }

    /** Takes the report as what the node has now; devices that are not in it are gone until they are reported again. */
    public NodeView report(UUID id, String workerVersion, List<DeviceReport> devices) {
        refuseAbsurd(devices);
        return onFleet(() -> {
            Node node = find(id);
            node.runs(workerVersion);
            nodes.saveAndFlush(node);
            inventory.report(id, devices);
            inventory.seen(id, clock.instant());
            return view(id);
        });
    }

    /** Hears from a node, and how its devices do; those left out do as before. */
    public void seen(UUID id, List<DeviceTelemetry> devices) {
        onFleet(() -> {
            if (!inventory.seen(id, clock.instant())) {
                throw ErrorCode.NOT_FOUND.problem();
            }
            devices.forEach(device -> inventory.telemetry(id, device, clock.instant()));
            return id;
        });
    }

    /** Hears from a node, and which kinds of runs its worker can do: it is planned for no others from now on. */
    public void seen(UUID id, List<DeviceTelemetry> devices, List<String> kinds) {
        onFleet(() -> {
            seen(id, devices);
            inventory.canRun(id, kinds.stream().sorted().distinct().toList());
            return id;
        });
    }

    /** Takes a node out because of what happened on it, until an admin makes it ready again. */
    public void sicken(UUID id, String reason) {
        onFleet(() -> {
            Node node = find(id);
            NodeView before = view(id);
            if (node.sicken(reason)) {
                nodes.saveAndFlush(node);
                // Nobody has to ask for it: it may be the sweep of leases that are over.
                Actor actor = Caller.find().map(Caller::actor).orElseGet(() -> Actor.system("fleet"));
                audit.recordAs(actor, AuditAction.NODE_SICKENED, target(before), before, view(id));
            }
            return id;
        });
    }

    // What admins do

    /** Those that are not retired, in the order they came. */
    public Page<NodeView> list(NodeFilter filter, PageQuery page) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        UUID after = page.after().map(key -> key.uuid(0)).orElse(FIRST);
        List<NodeView> rows = onFleet(() -> inventory.nodes(filter, after, page.fetch(), clock.instant()));
        return page.slice(rows, node -> Keyset.of(node.id()));
    }

    public Page<NodeView> list(PageQuery page) {
        return list(NodeFilter.ALL, page);
    }

    /** The devices of nodes that are not retired. */
    public Page<DeviceView> devices(DeviceFilter filter, PageQuery page) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        UUID after = page.after().map(key -> key.uuid(0)).orElse(FIRST);
        List<DeviceView> rows = onFleet(() -> inventory.devices(filter, after, page.fetch()));
        return page.slice(rows, device -> Keyset.of(device.id()));
    }

    /** The devices that a job of the tenant in scope holds now. */
    public List<DeviceView> heldBy(UUID job) {
        Caller.current().require(Permission.READ);
        return Objects.requireNonNull(transactions.execute(_ -> inventory.heldBy(job)));
    }

    public DeviceView device(UUID id) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        return onFleet(() -> inventory.device(id).orElseThrow(ErrorCode.NOT_FOUND::problem));
    }

    public NodeView get(UUID id) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        return onFleet(() -> view(id));
    }

    /** Gives it no more runs; those it has end there. */
    public NodeView cordon(UUID id, IfMatch version) {
        return change(id, version, AuditAction.NODE_CORDONED, node -> node.become(NodeState.CORDONED));
    }

    /** Gives it no more runs, and lets those it has go on elsewhere. */
    public NodeView drain(UUID id, IfMatch version) {
        return change(id, version, AuditAction.NODE_DRAINED, node -> {
            node.become(NodeState.DRAINING);
            events.publishEvent(new NodeDrained(id));
        });
    }

    /** Gives it runs again, and forgets why the platform had taken it out. */
    public NodeView makeReady(UUID id, IfMatch version) {
        return change(id, version, AuditAction.NODE_MADE_READY, node -> node.become(NodeState.READY));
    }

    public NodeView label(UUID id, List<String> labels, IfMatch version) {
        List<String> checked = Limits.labels("/labels", labels);
        return change(id, version, AuditAction.NODE_LABELLED, node -> node.label(checked));
    }

    /** Takes it out for good; what it did stays in the ledger. */
    public NodeView retire(UUID id, IfMatch version) {
        return change(id, version, AuditAction.NODE_RETIRED, node -> {
            node.retire(clock.instant());
            events.publishEvent(new NodeDrained(id));
        });
    }

    private NodeView change(UUID id, IfMatch version, AuditAction action, Consumer<Node> change) {
        Caller.current().require(Permission.MANAGE_PLATFORM);
        return onFleet(() -> {
            Node node = find(id);
            version.check(node.version());
            NodeView before = view(id);
            change.accept(node);
            nodes.saveAndFlush(node);
            membership.settle(id);
            NodeView after = view(id);
            audit.record(action, target(before), before, after);
            return after;
        });
    }

    private Node find(UUID id) {
        return nodes.findById(id).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private NodeView view(UUID id) {
        return inventory.node(id, clock.instant()).stream().findFirst().orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private <T> T onFleet(Supplier<T> work) {
        return FleetScope.call(() -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }

    private static void refuseAbsurd(List<DeviceReport> devices) {
        if (devices.size() > MOST_DEVICES) {
            throw ErrorCode.FIELD_TOO_LONG.at("/devices").with("max", MOST_DEVICES);
        }
    }

    private static AuditTarget target(NodeView node) {
        return AuditTarget.of("node", node.id(), node.name());
    }
}
