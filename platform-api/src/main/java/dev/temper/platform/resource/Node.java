package dev.temper.platform.resource;

import dev.temper.platform.common.ErrorCode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A worker's machine. Which pool it is in is {@link PoolMembership}'s, when it was last heard of {@link Nodes}'. */
@Entity
@Table(name = "nodes")
@SuppressWarnings("UnusedVariable") // What is only written here, plain SQL reads: Inventory.
class Node {
    @Id
    private UUID id;

    private String name;
    private List<String> labels;

    @Enumerated(EnumType.STRING)
    private NodeState state;

    private @Nullable String sickReason;
    private String workerVersion;

    @Column(updatable = false)
    private Instant enrolledAt;

    @Column(updatable = false)
    private Instant lastSeenAt;

    private @Nullable Instant retiredAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Node() {}

    @SuppressWarnings("NullAway.Init")
    Node(UUID id, String name, List<String> labels, String workerVersion, Instant now) {
        this.id = id;
        this.name = name;
        this.labels = labels;
        this.state = NodeState.READY;
        this.workerVersion = workerVersion;
        this.enrolledAt = now;
        this.lastSeenAt = now;
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    long version() {
        return version;
    }

    void become(NodeState wanted) {
        refuseIfRetired();
        state = wanted;
        if (wanted == NodeState.READY) {
            sickReason = null;
        }
    }

    void label(List<String> wanted) {
        refuseIfRetired();
        labels = wanted;
    }

    /** Whether this is news: a node is blamed once until somebody clears it. */
    boolean sicken(String reason) {
        if (sickReason != null || retiredAt != null) {
            return false;
        }
        sickReason = reason;
        return true;
    }

    void runs(String softwareVersion) {
        refuseIfRetired();
        workerVersion = softwareVersion;
    }

    /** Gives its name free, so that a machine set up anew can have it. */
    void retire(Instant now) {
        refuseIfRetired();
        retiredAt = now;
        state = NodeState.DRAINING;
        String mark = " ~" + id.toString().substring(24);
        name = name.substring(0, Math.min(name.length(), 100 - mark.length())) + mark;
    }

    private void refuseIfRetired() {
        if (retiredAt != null) {
            throw ErrorCode.NODE_RETIRED.with("node", name);
        }
    }
}
