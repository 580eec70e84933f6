package dev.temper.trainer.run;

import dev.temper.trainer.data.DiskFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What others ask of a run while it goes: a checkpoint (by SIGUSR1, or by a file {@code checkpoint.request} in the
 * output folder) or to stop (by SIGTERM or Ctrl-C, which ends the process once a checkpoint is written).
 */
public final class Control {
    /** What to do after the step at hand. */
    enum Directive {
        CONTINUE,
        CHECKPOINT,
        STOP
    }

    private static final long PATIENCE_MINUTES = 30;

    private final Path request;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean checkpoint;
    private volatile boolean stop;

    public Control(Path output) {
        request = output.resolve("checkpoint.request");
    }

    /** Asks for a checkpoint after the step at hand. */
    public void requestCheckpoint() {
        checkpoint = true;
    }

    /** Asks for a checkpoint and the end after the step at hand. */
    public void requestStop() {
        stop = true;
    }

    Directive poll() {
        if (stop) {
            return Directive.STOP;
        }
        try {
            boolean byFile = Files.deleteIfExists(request);
            boolean asked = byFile || checkpoint;
            checkpoint = false;
            return asked ? Directive.CHECKPOINT : Directive.CONTINUE;
        } catch (IOException e) {
            throw DiskFailure.writing(request, e);
        }
    }

    /** To be called when the run is over, however it ended: lets the process go. */
    public void done() {
        done.countDown();
    }

    /** Makes signals of the process requests of this run. */
    public void listen() {
        Signals.handle("USR1", this::requestCheckpoint);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            requestStop();
            try {
                // The process is gone when this returns, so it waits for the checkpoint.
                if (!done.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                    System.err.println("The step did not end in " + PATIENCE_MINUTES + " minutes; no checkpoint.");
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }));
    }
}
