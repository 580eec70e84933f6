package dev.temper.platform.dataset;

import dev.temper.platform.common.Use;
import java.util.List;
import java.util.UUID;

/** A feature that uses versions says for what; while it does, nobody can delete them. */
@FunctionalInterface
public interface VersionUses {
    List<Use> of(UUID version);
}
