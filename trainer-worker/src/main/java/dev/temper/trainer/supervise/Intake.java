package dev.temper.trainer.supervise;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.LinkJson;
import dev.temper.contract.link.TimedEvent;
import dev.temper.contract.link.WorkerEvent;
import dev.temper.trainer.data.DiskFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings what a run tells, what its process prints and what the supervisor adds into the spool, each once. Before anything
 * is appended, what is going to be is written down; whoever starts again after a crash thereby knows how much of it came
 * to be.
 */
final class Intake {
    private static final int PIECE = 1 << 18;
    /** Of a log that comes faster than anybody reads, the rest stands in the file alone. */
    private static final int MOST_LOG = 1 << 16;

    private static final int LINES = 200;

    private final RunFolder folder;
    private final EventSpool spool;
    private final InstantSource clock;
    private final Consumer<WorkerEvent> witness;
    private long story;
    private long log;

    /** Where an event comes from. */
    private enum Source {
        STORY,
        LOG,
        OWN
    }

    /**
     * What is about to be appended.
     *
     * @param last the number of the spool's last event before
     * @param story how much of the story is in the spool before
     * @param log how much of the log
     * @param logAfter how much of the log is in it after
     */
    private record Mark(Source source, long last, long story, long log, long logAfter) {}

    /** @param witness sees every event of the run as it comes in, also those that came in before a crash */
    Intake(RunFolder folder, EventSpool spool, InstantSource clock, Consumer<WorkerEvent> witness) {
        this.folder = folder;
        this.spool = spool;
        this.clock = clock;
        this.witness = witness;
        RunFolder.bytes(folder.intake())
                .map(bytes -> LinkJson.value(new String(bytes, StandardCharsets.UTF_8), Mark.class))
                .ifPresent(this::recover);
    }

    private void recover(Mark mark) {
        long appended = spool.last() - mark.last();
        story = mark.story();
        log = appended > 0 && mark.source() == Source.LOG ? mark.logAfter() : mark.log();
        if (mark.source() == Source.STORY) {
            byte[] bytes = read(folder.story(), story, PIECE);
            int end = 0;
            for (long line = 0; line < appended; line++) {
                end = next(bytes, end);
            }
            story += end;
        }
        // What the run said before is known again from its story, not from the spool, whose older part may be gone.
        long from = Math.max(0, story - PIECE);
        lines(read(folder.story(), from, (int) (story - from))).forEach(this::show);
    }

    /**
     * Takes in what is new.
     *
     * @param last whether the process is gone, and a line without an end is one all the same
     */
    synchronized void pull(boolean last) {
        while (pullStory()) {
            // There may be more.
        }
        pullLog(last);
    }

    private boolean pullStory() {
        byte[] bytes = read(folder.story(), story, PIECE);
        int end = 0;
        for (int next = next(bytes, end); next > end; next = next(bytes, end)) {
            end = next;
        }
        if (end == 0) {
            return false;
        }
        List<TimedEvent> events =
                lines(Arrays.copyOf(bytes, end)).stream().map(this::event).toList();
        append(new Mark(Source.STORY, spool.last(), story, log, log), events);
        story += end;
        events.forEach(event -> witness.accept(event.event()));
        return true;
    }

    private void pullLog(boolean last) {
        long size = size(folder.log());
        if (size <= log) {
            return;
        }
        byte[] bytes = read(folder.log(), log, MOST_LOG);
        int end = 0;
        for (int next = next(bytes, end); next > end; next = next(bytes, end)) {
            end = next;
        }
        // A line without an end is a progress bar or the last words of a process.
        end = last || (end == 0 && bytes.length == MOST_LOG) ? bytes.length : end;
        if (end == 0) {
            return;
        }
        List<String> lines = new String(bytes, 0, end, StandardCharsets.UTF_8)
                .lines()
                .map(Texts::cut)
                .toList();
        List<String> told = new ArrayList<>(lines.subList(0, Math.min(LINES - 1, lines.size())));
        long after = log + end;
        if (lines.size() > told.size() || size - after > MOST_LOG) {
            after = size;
            told.add("… what follows stands in log.txt alone");
        }
        append(
                new Mark(Source.LOG, spool.last(), story, log, after),
                List.of(new TimedEvent(clock.instant(), new WorkerEvent.Log(told))));
        log = after;
    }

    /** Adds an event of the supervisor's own. */
    synchronized void add(WorkerEvent event) {
        append(new Mark(Source.OWN, spool.last(), story, log, log), List.of(new TimedEvent(clock.instant(), event)));
    }

    private void append(Mark mark, List<TimedEvent> events) {
        RunFolder.write(folder.intake(), LinkJson.text(mark));
        spool.append(events);
    }

    private void show(String line) {
        witness.accept(event(line).event());
    }

    /** What a run of a strange kind may have written is told as it stands. */
    private TimedEvent event(String line) {
        try {
            return LinkJson.value(line, TimedEvent.class);
        } catch (CodedException _) {
            return new TimedEvent(clock.instant(), new WorkerEvent.Notice(Texts.cut(line)));
        }
    }

    private static List<String> lines(byte[] bytes) {
        return Lines.of(bytes).stream()
                .map(line -> new String(line, StandardCharsets.UTF_8).strip())
                .toList();
    }

    /** Behind the next line feed; the same place where there is none. */
    private static int next(byte[] bytes, int from) {
        for (int at = from; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                return at + 1;
            }
        }
        return from;
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw DiskFailure.writing(file, e);
        }
    }

    private static byte[] read(Path file, long from, int most) {
        if (size(file) <= from) {
            return new byte[0];
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(from);
            byte[] bytes = new byte[(int) Math.min(most, in.length() - from)];
            in.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            throw DiskFailure.writing(file, e);
        }
    }
}
