package dev.temper.trainer.supervise;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.Failure;
import dev.temper.contract.link.LeaseOffer;
import dev.temper.contract.link.Phase;
import dev.temper.contract.link.WorkerEvent;
import dev.temper.trainer.data.DiskFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The process of one run. It needs nobody to live: what it tells and how it ends stands in files, so that a supervisor that
 * was killed finds all of it again.
 */
final class RunProcess {
    private static final int ALREADY_TAKEN = 75;

    private RunProcess() {}

    /** @param arguments the run's folder */
    static void main(String[] arguments) {
        RunFolder folder = new RunFolder(Path.of(arguments[0]));
        try (FileChannel channel =
                        FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                System.err.println("Another process has this run.");
                System.exit(ALREADY_TAKEN);
            }
            if (Files.exists(folder.outcome())) {
                System.err.println("A supervisor has given this run up before it began.");
                System.exit(ALREADY_TAKEN);
            }
            RunFolder.write(
                    folder.process(), Long.toString(ProcessHandle.current().pid()));
            LastWord word = new LastWord(new EndingFile(folder.ending()));
            word.say(run(folder, word));
        } catch (IOException e) {
            throw DiskFailure.writing(folder.lock(), e);
        }
        System.exit(0);
    }

    /** The first ending counts: a run may come to its own at the very moment at which it is cancelled. */
    private static final class LastWord {
        private final EndingFile file;
        private boolean said;

        LastWord(EndingFile file) {
            this.file = file;
        }

        synchronized void say(Ending ending) {
            if (!said) {
                said = true;
                file.write(ending);
            }
        }
    }

    private static Ending run(RunFolder folder, LastWord word) {
        LeaseOffer offer = folder.readOffer();
        try (FileSide side = FileSide.of(folder, offer.leaseMillis(), ending -> {
            word.say(ending);
            Runtime.getRuntime().halt(0);
        })) {
            side.tell(new WorkerEvent.Phased(Phase.RUNNING, null));
            return execute(offer, folder, side);
        }
    }

    private static Ending execute(LeaseOffer offer, RunFolder folder, RunSide side) {
        RunKind kind;
        try {
            kind = RunKinds.installed().named(offer.kind());
        } catch (CodedException e) {
            // Another worker may have it.
            return failed(Failure.Cause.WORKER, e.code(), e.getMessage(), e.remedy());
        }
        try {
            return kind.run(new Assignment(offer.spec(), offer.attempt(), offer.devices(), folder.work()), side);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(Failure.Cause.INTERNAL, "run_interrupted", "The run was interrupted.", "");
        } catch (CodedException e) {
            return failed(cause(e.category()), e.code(), e.getMessage(), e.remedy());
        } catch (OutOfMemoryError _) {
            return failed(
                    Failure.Cause.RESOURCES,
                    "heap_full",
                    "The run's Java heap is full.",
                    "Make the batch or the cutoff smaller.");
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            return failed(
                    Failure.Cause.INTERNAL,
                    "internal_error",
                    "The run failed by a fault of the program: " + e,
                    "Its log shows where.");
        }
    }

    private static Failure.Cause cause(CodedException.Category category) {
        return switch (category) {
            case USER -> Failure.Cause.USER;
            case RESOURCES -> Failure.Cause.RESOURCES;
            case INTERNAL -> Failure.Cause.INTERNAL;
        };
    }

    private static Ending failed(Failure.Cause cause, String code, @Nullable String message, String remedy) {
        return new Ending.Failed(new Failure(cause, code, Texts.cut(String.valueOf(message)), Texts.cut(remedy)));
    }
}
