package dev.temper.platform.resource;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@Entity
@Table(name = "pools")
class Pool {
    /** The pool of what bears no other's labels; there from the first migration on. */
    static final UUID DEFAULT = UUID.fromString("01900000-0000-7000-8000-000000000001");

    @Id
    private UUID id;

    @Column(updatable = false)
    private String name;

    private String description;
    private List<String> selector;
    private int defaultCeiling;

    @Column(updatable = false)
    private Instant createdAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Pool() {}

    @SuppressWarnings("NullAway.Init")
    Pool(UUID id, String name, PoolChange settings, Instant now) {
        this.id = id;
        this.name = name;
        this.createdAt = now;
        become(settings);
    }

    void become(PoolChange settings) {
        description = settings.description();
        selector = settings.selector();
        defaultCeiling = settings.defaultCeiling();
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    int defaultCeiling() {
        return defaultCeiling;
    }

    long version() {
        return version;
    }

    PoolView view() {
        return new PoolView(id, name, description, selector, defaultCeiling, createdAt, version);
    }
}
