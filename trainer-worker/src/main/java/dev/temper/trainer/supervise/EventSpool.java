package dev.temper.trainer.supervise;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.EventBatch;
import dev.temper.contract.link.LinkJson;
import dev.temper.contract.link.TimedEvent;
import dev.temper.trainer.data.DiskFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The events of one lease on disk, numbered from 1 without gaps, until the platform holds them. What {@link #append}
 * returned from survives a kill and a power cut; what a crash cut off in the middle of being written is dropped when
 * the spool is opened again. Of segments that are held whole the files go away.
 */
public final class EventSpool implements AutoCloseable {
    private static final int SEGMENT_BYTES = 1 << 20;

    /** What a batch may hold of JSON, unless a single event is larger: half of what the platform reads by default. */
    private static final int BATCH_BYTES = 1 << 19;

    private final Path folder;
    private final HeldMark mark;

    /** By the number of its first event; the last one is written to. */
    private final TreeMap<Long, SpoolSegment> segments = new TreeMap<>();

    private final int segmentBytes;

    private EventSpool(Path folder, int segmentBytes) throws IOException {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        Files.createDirectories(folder);
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(SpoolSegment::isOne).sorted().toList();
        }
        for (Path file : files) {
            SpoolSegment segment = SpoolSegment.open(file, file.equals(files.getLast()));
            if (!segments.isEmpty() && newest().next() != segment.first()) {
                throw SpoolSegment.damaged(file);
            }
            segments.put(segment.first(), segment);
        }
        if (segments.isEmpty()) {
            start(1);
        }
        mark = HeldMark.open(folder.resolve("held"), segments.firstKey() - 1);
        if (mark.held() > last()) {
            throw SpoolSegment.damaged(folder);
        }
    }

    /** Opens a spool or begins one. */
    public static EventSpool open(Path folder) {
        return open(folder, SEGMENT_BYTES);
    }

    static EventSpool open(Path folder, int segmentBytes) {
        try {
            return new EventSpool(folder, segmentBytes);
        } catch (IOException e) {
            throw DiskFailure.writing(folder, e);
        }
    }

    /**
     * Keeps events, in their order.
     *
     * @throws CodedException {@code disk_full} or {@code disk_write_failed}; nothing of them is kept then
     */
    public synchronized void append(List<TimedEvent> events) {
        SpoolSegment segment = newest();
        try {
            if (segment.length() >= segmentBytes) {
                SpoolSegment full = segment;
                segment = start(full.next());
                full.close();
            }
            segment.append(events);
        } catch (IOException e) {
            throw DiskFailure.writing(segment.file(), e);
        }
    }

    /** The number of the last event; 0 where there is none. */
    public synchronized long last() {
        return newest().next() - 1;
    }

    /** Up to which number the platform holds all. */
    public synchronized long held() {
        return mark.held();
    }

    /**
     * What to send next: the first events that the platform does not hold, as many as fit into a batch. Without events
     * where it holds all.
     */
    public synchronized EventBatch pending(long fence, Instant now) {
        long from = mark.held() + 1;
        List<TimedEvent> events = new ArrayList<>();
        long room = BATCH_BYTES;
        for (byte[] json : stored(from)) {
            room -= json.length;
            if (events.size() == EventBatch.MAX_EVENTS || (room < 0 && !events.isEmpty())) {
                break;
            }
            events.add(LinkJson.value(new String(json, StandardCharsets.UTF_8), TimedEvent.class));
        }
        return new EventBatch(fence, now, from, events);
    }

    /**
     * The platform holds every event up to this number, as it says. If it says less than before, having lost some, they
     * are sent again where they are still here.
     *
     * @throws CodedException {@code events_not_here} if it holds more than there are, or lacks what is gone from here
     */
    public synchronized void held(long highest) {
        if (highest > last() || highest + 1 < segments.firstKey()) {
            throw CodedException.internal(
                            "events_not_here",
                            "The platform holds the events up to %d, here are those from %d to %d."
                                    .formatted(highest, segments.firstKey(), last()),
                            "The run's story can't be told whole any more; let the attempt end and start another.")
                    .with("held", highest);
        }
        try {
            mark.set(highest);
            while (segments.size() > 1 && oldest().next() - 1 <= highest) {
                oldest().delete();
                segments.pollFirstEntry();
            }
        } catch (IOException e) {
            throw DiskFailure.writing(folder, e);
        }
    }

    /** Those of the first segment that has some; the next ones' turn comes when these are held. */
    private List<byte[]> stored(long from) {
        SpoolSegment segment = Objects.requireNonNull(segments.floorEntry(from)).getValue();
        try {
            return segment.read(from);
        } catch (IOException e) {
            throw SpoolSegment.damaged(segment.file()).because(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            for (SpoolSegment segment : segments.values()) {
                segment.close();
            }
        } catch (IOException e) {
            throw DiskFailure.writing(folder, e);
        }
    }

    private SpoolSegment oldest() {
        return Objects.requireNonNull(segments.firstEntry()).getValue();
    }

    private SpoolSegment newest() {
        return Objects.requireNonNull(segments.lastEntry()).getValue();
    }

    private SpoolSegment start(long first) throws IOException {
        SpoolSegment segment = SpoolSegment.begin(folder, first);
        segments.put(first, segment);
        return segment;
    }
}
