package dev.temper.trainer.supervise;

import dev.temper.contract.link.Directive;
import dev.temper.contract.link.LinkJson;
import dev.temper.contract.link.TimedEvent;
import dev.temper.contract.link.WorkerEvent;
import dev.temper.trainer.data.DiskFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The supervisor as a run sees it, through the run's folder. A watcher in the background cancels at once whatever the run
 * does, and has a run that nobody looks after any more stop with a checkpoint once its lease can't hold.
 */
final class FileSide implements RunSide, AutoCloseable {
    private static final Duration GLANCE = Duration.ofMillis(100);
    /** What a run that nobody looks after gets to write its checkpoint, before it is ended. */
    private static final Duration LAST_WORDS = Duration.ofMinutes(5);

    private final FileChannel story;
    private final DirectiveFile directive;
    private final Path alive;
    private final Duration lease;
    private final Consumer<Ending> end;
    private final Thread watcher;
    private volatile DirectiveFile.Wish wish = DirectiveFile.Wish.NONE;
    private volatile boolean abandoned;
    private volatile boolean over;
    private long checkpointsDone;

    private FileSide(RunFolder folder, FileChannel story, Duration lease, Consumer<Ending> end) {
        this.story = story;
        this.directive = new DirectiveFile(folder.directive());
        this.alive = folder.alive();
        this.lease = lease;
        this.end = end;
        this.watcher = Thread.ofPlatform().daemon().name("run-watcher").unstarted(this::watch);
    }

    /** @param end ends the process at once, with this to be found */
    static FileSide of(RunFolder folder, long leaseMillis, Consumer<Ending> end) {
        try {
            FileChannel story = FileChannel.open(
                    folder.story(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            FileSide side = new FileSide(folder, story, Duration.ofMillis(leaseMillis), end);
            side.look();
            side.watcher.start();
            return side;
        } catch (IOException e) {
            throw DiskFailure.writing(folder.story(), e);
        }
    }

    @Override
    public synchronized void tell(WorkerEvent event) {
        String line = LinkJson.text(new TimedEvent(Instant.now(), event)) + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                story.write(bytes);
            }
        } catch (IOException e) {
            throw DiskFailure.writing(alive.resolveSibling("story"), e);
        }
    }

    @Override
    public synchronized Directive directive() {
        if (abandoned) {
            return Directive.PREEMPT;
        }
        DirectiveFile.Wish now = wish;
        if (now.directive() != Directive.CHECKPOINT) {
            return now.directive();
        }
        if (now.number() <= checkpointsDone) {
            return Directive.CONTINUE;
        }
        checkpointsDone = now.number();
        return Directive.CHECKPOINT;
    }

    private void watch() {
        byte[] sign = new byte[0];
        long since = System.nanoTime();
        try {
            while (!over) {
                Thread.sleep(GLANCE);
                look();
                byte[] now = RunFolder.bytes(alive).orElse(sign);
                if (!Arrays.equals(now, sign)) {
                    sign = now;
                    since = System.nanoTime();
                }
                long silence = System.nanoTime() - since;
                abandoned = silence > lease.toNanos();
                if (silence > lease.plus(LAST_WORDS).toNanos()) {
                    end.accept(new Ending.Stopped(Directive.PREEMPT, 0));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        wish = directive.read();
        if (wish.directive() == Directive.CANCEL) {
            end.accept(new Ending.Stopped(Directive.CANCEL, 0));
        }
    }

    @Override
    public void close() {
        over = true;
        try {
            story.close();
        } catch (IOException e) {
            throw DiskFailure.writing(alive.resolveSibling("story"), e);
        }
    }
}
