package dev.temper.platform.workerlink;

import dev.temper.contract.link.Device;
import dev.temper.contract.link.DeviceReading;
import dev.temper.contract.link.Enrolled;
import dev.temper.contract.link.Enrolment;
import dev.temper.contract.link.InventoryReport;
import dev.temper.contract.link.LeaseRequest;
import dev.temper.platform.common.Actor;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.resource.DeviceKind;
import dev.temper.platform.resource.DeviceReport;
import dev.temper.platform.resource.DeviceTelemetry;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.Nodes;
import dev.temper.platform.tenant.Token;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Who the workers are: by a token once, by their credential from then on. */
@Service
public class Workers {
    /** Under which a request has the {@link Known} worker that makes it. */
    public static final String ATTRIBUTE = "dev.temper.worker";

    private static final String PREFIX = "tmw_";

    private final Nodes nodes;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final TransactionOperations transactions;

    Workers(Nodes nodes, JdbcClient jdbc, Clock clock, TransactionOperations transactions) {
        this.nodes = nodes;
        this.jdbc = jdbc;
        this.clock = clock;
        this.transactions = transactions;
    }

    /**
     * A worker that has shown its credential.
     *
     * @param cordoned whether it is given no new runs
     */
    public record Known(UUID nodeId, String name, boolean cordoned) {}

    private record Offered(
            UUID id, @Nullable UUID nodeId, @Nullable String node, boolean used, boolean expired) {}

    /**
     * Makes a machine a worker. The same machine may ask again with the same token as long as it has not used what it was
     * answered: the answer may have been lost.
     */
    public Enrolled enrol(Enrolment asked) {
        String credential = PREFIX + Token.make();
        return new Caller(Actor.system("enrolment"), null, Set.of())
                .call(() -> onFleet(() -> {
                    Offered token = token(asked.token());
                    UUID node = token.nodeId() == null ? admit(asked, token) : again(asked, token);
                    jdbc.sql("""
                    insert into worker_credentials (node_id, credential_hash, issued_at) values (?, ?, ?)
                    on conflict (node_id) do update set
                        credential_hash = excluded.credential_hash, issued_at = excluded.issued_at
                    """)
                            .params(node, Token.hash(credential), Timestamp.from(clock.instant()))
                            .update();
                    return new Enrolled(node, credential);
                }));
    }

    private Offered token(String secret) {
        return jdbc.sql("""
                        select t.id, t.node_id, n.name as node, c.first_used_at is not null as used,
                               t.expires_at <= :now as expired
                        from enrolment_tokens t left join nodes n on n.id = t.node_id
                        left join worker_credentials c on c.node_id = t.node_id
                        where t.token_hash = :hash for update of t
                        """)
                .param("hash", Token.hash(secret))
                .param("now", Timestamp.from(clock.instant()))
                .query(Offered.class)
                .optional()
                .filter(token -> !token.expired())
                .orElseThrow(ErrorCode.ENROLMENT_TOKEN_NOT_ACCEPTED::problem);
    }

    private UUID admit(Enrolment asked, Offered token) {
        NodeView node = nodes.enrol(
                asked.name(),
                labels(asked.inventory().labels()),
                asked.software(),
                reports(asked.inventory().devices()));
        jdbc.sql("update enrolment_tokens set used_at = ?, node_id = ? where id = ?")
                .params(Timestamp.from(clock.instant()), node.id(), token.id())
                .update();
        return node.id();
    }

    private static UUID again(Enrolment asked, Offered token) {
        if (token.used() || !asked.name().strip().equals(token.node())) {
            throw ErrorCode.ENROLMENT_TOKEN_NOT_ACCEPTED.problem();
        }
        return Objects.requireNonNull(token.nodeId());
    }

    /** Who shows this credential; empty where nobody has it any more. */
    public Optional<Known> present(String credential) {
        Instant now = clock.instant();
        return onFleet(() -> jdbc.sql("""
                        select c.node_id, n.name, n.state <> 'READY' or n.sick_reason is not null as cordoned,
                               c.first_used_at is null as first
                        from worker_credentials c join nodes n on n.id = c.node_id
                        where c.credential_hash = ? and n.retired_at is null
                        """)
                .params(Token.hash(credential))
                .query((row, _) -> {
                    var known = new Known(
                            row.getObject("node_id", UUID.class), row.getString("name"), row.getBoolean("cordoned"));
                    if (row.getBoolean("first")) {
                        jdbc.sql("update worker_credentials set first_used_at = ? where node_id = ?")
                                .params(Timestamp.from(now), known.nodeId())
                                .update();
                    }
                    return known;
                })
                .optional());
    }

    /** Takes a report as what the worker has now. */
    public NodeView report(UUID nodeId, InventoryReport report) {
        return nodes.report(
                nodeId, report.software(), reports(report.inventory().devices()));
    }

    /** Hears from a worker, and how its devices do. */
    void seen(UUID nodeId, List<DeviceReading> telemetry) {
        nodes.seen(nodeId, telemetry.stream().map(Workers::reading).toList());
    }

    /** The same from one that asks for a run: which kinds it can do. */
    void seen(UUID nodeId, LeaseRequest asked) {
        nodes.seen(nodeId, List.of(), asked.kinds());
    }

    private static List<String> labels(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted()
                .toList();
    }

    private static List<DeviceReport> reports(List<Device> devices) {
        return devices.stream().map(Workers::report).toList();
    }

    private static DeviceReport report(Device device) {
        return new DeviceReport(
                device.id(),
                switch (device.kind()) {
                    case CPU -> DeviceKind.CPU;
                    case NVIDIA -> DeviceKind.NVIDIA;
                    case SIMULATED -> DeviceKind.SIMULATED;
                },
                device.index(),
                device.model(),
                device.memoryBytes(),
                Objects.requireNonNullElse(device.computeCapability(), ""),
                device.bf16(),
                switch (device.health()) {
                    case OK -> null;
                    case SICK -> Objects.requireNonNullElse(device.complaint(), "The worker says it is sick");
                });
    }

    /** The link says percent, the inventory keeps shares. */
    private static DeviceTelemetry reading(DeviceReading reading) {
        Double percent = reading.utilisation();
        return new DeviceTelemetry(
                reading.device(),
                percent == null ? null : percent / 100,
                reading.memoryUsedBytes(),
                reading.temperature(),
                reading.complaint());
    }

    private <T> T onFleet(Supplier<T> work) {
        return FleetScope.call(() -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
