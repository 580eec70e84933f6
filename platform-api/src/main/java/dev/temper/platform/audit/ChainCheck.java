package dev.temper.platform.audit;

import dev.temper.platform.audit.ChainVerdict.Broken;
import dev.temper.platform.audit.ChainVerdict.Damage;
import dev.temper.platform.audit.ChainVerdict.Intact;
import java.util.Iterator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a chain is as it was written, and if not, names the first row that isn't and what was done to it. It
 * sees each row once, in order of place, and one row ahead.
 */
final class ChainCheck {
    /**
     * The recorded end of a chain.
     *
     * @param length the number of rows written; the last one's place
     */
    record End(long length, String lastHash) {
        static final End NONE = new End(0, ChainHash.NONE);
    }

    private final @Nullable UUID tenantId;
    private final End end;
    private final Iterator<AuditEvent> rows;

    private ChainCheck(@Nullable UUID tenantId, End end, Iterator<AuditEvent> rows) {
        this.tenantId = tenantId;
        this.end = end;
        this.rows = rows;
    }

    static ChainVerdict check(@Nullable UUID tenantId, End end, Iterator<AuditEvent> rows) {
        return new ChainCheck(tenantId, end, rows).run();
    }

    private ChainVerdict run() {
        AuditEvent previous = null;
        String previousHash = ChainHash.NONE;
        long place = 1;
        AuditEvent row = next();
        while (row != null) {
            AuditEvent following = next();
            boolean linked = row.seq() == place && row.previousHash().equals(previousHash);
            if (!linked || !ChainHash.of(row).equals(row.hash())) {
                return diagnose(place, previous, row, following);
            }
            if (place > end.length()) {
                return broken(end.length() == 0 ? Damage.END_LOST : Damage.INSERTED, place, row);
            }
            previous = row;
            previousHash = row.hash();
            place++;
            row = following;
        }
        if (place <= end.length()) {
            return broken(Damage.TRUNCATED, place, null);
        }
        if (!previousHash.equals(end.lastHash())) {
            return broken(Damage.END_LOST, end.length(), previous);
        }
        return new Intact(tenantId, end.length(), previousHash);
    }

    private Broken diagnose(long place, @Nullable AuditEvent previous, AuditEvent row, @Nullable AuditEvent following) {
        String previousHash = previous == null ? ChainHash.NONE : previous.hash();
        long written = written(row);
        if (following != null && following.previousHash().equals(previousHash) && written(following) == place) {
            // The one after it was written here, so either the two changed places or this one came in between.
            return broken(written == following.seq() ? Damage.REORDERED : Damage.INSERTED, place, row);
        }
        if (row.seq() < place) {
            return broken(Damage.INSERTED, place, row);
        }
        if (written == place) {
            // The row is as it was written here. Its own number was changed, or the row before it was replaced.
            boolean replaced = row.seq() == place && previous != null;
            return replaced ? broken(Damage.CHANGED, place - 1, previous) : broken(Damage.CHANGED, place, row);
        }
        if (row.seq() > place || written == place + 1) {
            return broken(Damage.REMOVED, place, null);
        }
        if (previous != null && written == place - 1) {
            return broken(Damage.INSERTED, place - 1, previous);
        }
        return broken(written > 0 ? Damage.REORDERED : Damage.CHANGED, place, row);
    }

    /** The place a row was written at, told by its hash; 0 if that holds at none. */
    private long written(AuditEvent row) {
        if (ChainHash.of(row).equals(row.hash())) {
            return row.seq();
        }
        for (long place = 1; place <= Math.max(end.length(), row.seq()) + 1; place++) {
            if (ChainHash.at(place, row).equals(row.hash())) {
                return place;
            }
        }
        return 0;
    }

    private Broken broken(Damage damage, long place, @Nullable AuditEvent row) {
        return new Broken(tenantId, damage, place, row == null ? null : row.id(), end.length());
    }

    private @Nullable AuditEvent next() {
        return rows.hasNext() ? rows.next() : null;
    }
}
