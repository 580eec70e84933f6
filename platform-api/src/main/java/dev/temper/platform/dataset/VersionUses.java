package dev.temper.platform.dataset;

import java.util.List;
import java.util.UUID;

/** A feature that uses versions says for what; while it does, nobody can delete them. */
@FunctionalInterface
public interface VersionUses {
    List<VersionUse> of(UUID version);
}
