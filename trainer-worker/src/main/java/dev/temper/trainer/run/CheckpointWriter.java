package dev.temper.trainer.run;

import dev.temper.contract.RunSpec;
import dev.temper.contract.RunSpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the checkpoints of a run, one at a time: beside the training from a copy where that is small, else before
 * training goes on. What went wrong with one comes out where the loop asks for it next.
 */
final class CheckpointWriter implements Loop.Saver {
    private final Checkpoints checkpoints;
    private final Learner learner;
    private final Identity identity;
    private final RunSpec spec;
    private final long mostCopied;
    private @Nullable FutureTask<Checkpoint> writing;

    /** @param mostCopied bytes that a copy may take */
    CheckpointWriter(Checkpoints checkpoints, Learner learner, Identity identity, RunSpec spec, long mostCopied) {
        this.checkpoints = checkpoints;
        this.learner = learner;
        this.identity = identity;
        this.spec = spec;
        this.mostCopied = mostCopied;
    }

    @Override
    public void save(RunState state) {
        boolean withOptimiser = !spec.checkpoints().saveOnlyModel();
        boolean beside = learner.snapshotBytes(withOptimiser) <= mostCopied;
        Snapshot snapshot = learner.snapshot(withOptimiser, beside);
        FutureTask<Checkpoint> task = new FutureTask<>(() -> {
            try (snapshot) {
                return write(state, snapshot);
            }
        });
        writing = task;
        if (beside) {
            Thread.ofPlatform().name("checkpoint").start(task);
        } else {
            task.run();
        }
    }

    private Checkpoint write(RunState state, Snapshot snapshot) {
        Checkpoint saved = checkpoints.write(state.step(), folder -> {
            snapshot.writeTo(folder);
            write(folder.resolve(Run.STATE), state);
            write(folder.resolve(Identity.FILE), identity);
            Files.writeString(folder.resolve("run_spec.json"), RunSpecJson.write(spec));
        });
        checkpoints.prune(spec.evaluation().loadBestModelAtEnd() ? state.bestStep() : 0);
        return saved;
    }

    private static void write(Path file, Object value) throws IOException {
        Files.writeString(
                file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(value));
    }

    @Override
    public Optional<Checkpoint> written() {
        return writing != null && writing.isDone() ? finished() : Optional.empty();
    }

    @Override
    public Optional<Checkpoint> finished() {
        FutureTask<Checkpoint> last = writing;
        writing = null;
        return last == null ? Optional.empty() : Optional.of(result(last));
    }

    /** Waits even when told to stop: what is half-written would be lost. */
    private static Checkpoint result(FutureTask<Checkpoint> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new CompletionException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
