package dev.temper.platform.dataset;

import dev.temper.platform.common.TenantOwned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows under a name, of which there are versions. */
@Entity
@Table(name = "datasets")
class Dataset extends TenantOwned {
    @Id
    private UUID id;

    @Column(updatable = false)
    private long number;

    private String name;
    private String description;
    private List<String> tags;

    @Column(updatable = false)
    private @Nullable UUID createdBy;

    @Column(updatable = false)
    private Instant createdAt;

    @SuppressWarnings("UnusedVariable") // read by plain SQL
    private Instant changedAt;

    private @Nullable Instant archivedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Dataset() {}

    @SuppressWarnings("NullAway.Init")
    Dataset(UUID id, long number, String name, @Nullable UUID createdBy, Instant now) {
        this.id = id;
        this.number = number;
        this.name = name;
        this.description = "";
        this.tags = List.of();
        this.createdBy = createdBy;
        this.createdAt = now;
        this.changedAt = now;
    }

    void change(DatasetChange change, Instant now) {
        name = change.name() == null ? name : DatasetInput.name("/name", change.name());
        description = change.description() == null
                ? description
                : DatasetInput.text("/description", change.description(), 2_000);
        tags = change.tags() == null ? tags : DatasetInput.tags("/tags", change.tags());
        if (change.archived() != null && change.archived() != (archivedAt != null)) {
            archivedAt = change.archived() ? now : null;
        }
        changedAt = now;
    }

    void touch(Instant now) {
        changedAt = now;
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
}
