package dev.temper.platform.dataset;

import dev.temper.data.row.CanonicalJson;
import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Row;
import dev.temper.data.shape.Outcome;
import dev.temper.platform.blob.Blobs;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of versions, one version after the other, each row as often as its ratio says. */
final class VersionRows implements Incoming {
    static final String NOT_DRAWN = "not_drawn";
    private static final int AT_ONCE = 2_048;

    private final List<MixSource> sources;
    private final Blobs blobs;
    private final DuckDb duckDb;
    private final long rows;
    private final Deque<Row> fetched = new ArrayDeque<>();
    private final Deque<Outcome> waiting = new ArrayDeque<>();
    private int source = -1;
    private long number;
    private long read;
    private long added;
    private Draw draw = new Draw(0, 0, 0);

    VersionRows(List<MixSource> sources, Blobs blobs, DuckDb duckDb) {
        this.sources = List.copyOf(sources);
        this.blobs = blobs;
        this.duckDb = duckDb;
        this.rows = sources.stream().mapToLong(MixSource::rows).sum();
    }

    @Override
    public @Nullable Outcome next() {
        while (waiting.isEmpty()) {
            Row row = row();
            if (row == null) {
                return null;
            }
            read++;
            int copies = draw.next();
            if (copies == 0) {
                waiting.add(new Outcome.Left(new LeftOut(row.place(), NOT_DRAWN, Map.of(), CanonicalJson.node(row))));
            } else {
                added += copies - 1;
                for (int i = 0; i < copies; i++) {
                    waiting.add(new Outcome.Kept(row));
                }
            }
        }
        return waiting.poll();
    }

    private @Nullable Row row() {
        while (fetched.isEmpty()) {
            if (source >= 0 && number < sources.get(source).rows()) {
                fetched.addAll(file(sources.get(source)).rows(number + 1, AT_ONCE));
                number += AT_ONCE;
            } else if (++source < sources.size()) {
                MixSource next = sources.get(source);
                draw = new Draw(next.rows(), next.ratio(), next.hash().hashCode());
                number = 0;
            } else {
                return null;
            }
        }
        return fetched.poll();
    }

    private VersionFile file(MixSource one) {
        return new VersionFile(duckDb, blobs.file(one.hash()));
    }

    @Override
    public long read() {
        return read;
    }

    @Override
    public long added() {
        return added;
    }

    @Override
    public double progress() {
        return rows == 0 ? 1 : (double) read / rows;
    }

    @Override
    public void close() {
        fetched.clear();
    }
}
