package dev.temper.platform.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What checking a chain found. */
public sealed interface ChainVerdict {
    /** The chain: a tenant's id, or null for the platform's. */
    @Nullable
    UUID tenantId();

    /** Every row is where and as it was written. */
    record Intact(@Nullable UUID tenantId, long length, String lastHash) implements ChainVerdict {}

    /**
     * The log was tampered with.
     *
     * @param seq the place of the first bad row
     * @param eventId the row found there; null where the finding is that there is none
     * @param rows how many rows the chain was written with
     */
    record Broken(
            @Nullable UUID tenantId,
            Damage damage,
            long seq,
            @Nullable UUID eventId,
            long rows) implements ChainVerdict {
        /** One line for an administrator. */
        public String sentence() {
            return "Row %d of %d %s%s"
                    .formatted(seq, rows, damage.words(), eventId == null ? "." : " (" + eventId + ").");
        }
    }

    /** What was done to the first bad row. */
    enum Damage {
        CHANGED("was changed after it was written"),
        REMOVED("is missing: it was removed"),
        INSERTED("was inserted: nobody wrote it through the platform"),
        REORDERED("stands at another place than it was written at"),
        TRUNCATED("is missing: the log was cut off from here on"),
        END_LOST("has no record of where the log ends; it was removed or changed");

        private final String words;

        Damage(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
