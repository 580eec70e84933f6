package dev.temper.platform.task;

import dev.temper.contract.RunSpec;
import dev.temper.contract.RunSpecJson;
import dev.temper.contract.link.FileRef;
import dev.temper.platform.blob.BlobOwner;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.job.Checkpoints;
import dev.temper.platform.job.JobFiles;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.Jobs;
import dev.temper.platform.job.KeptCheckpoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What a task has trained, for jobs that come after its run: what it ended with, or one of its checkpoints. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class TrainedFiles {
    /** Where it lies below the folder of such a job. */
    static final String FOLDER = "trained";

    /** What its content is held for as long as the job has not ended, whatever becomes of the checkpoint. */
    static final String HOLDER = "job-input";

    private static final String OUTPUT = "output/";
    private static final String MERGED = OUTPUT + "merged/";
    private static final String OPTIMISER = "optimizer.safetensors";
    private static final String WEIGHTS = ".safetensors";
    private static final Set<String> OF_MODELS = Set.of("json", "safetensors", "txt", "model", "jinja");

    private final Jobs jobs;
    private final JobFiles files;
    private final Checkpoints checkpoints;
    private final Blobs blobs;

    TrainedFiles(Jobs jobs, JobFiles files, Checkpoints checkpoints, Blobs blobs) {
        this.jobs = jobs;
        this.files = files;
        this.checkpoints = checkpoints;
        this.blobs = blobs;
    }

    /**
     * What such a job is given.
     *
     * @param run what trained it
     * @param step of the checkpoint; null for what the run ended with
     * @param base the model it was trained on, with whatever else the run was given but rows
     * @param trained what it has become
     */
    record Taken(RunSpec run, @Nullable Long step, List<FileRef> base, List<FileRef> trained) {
        /** How long it takes to go through all of it once. */
        Duration passage() {
            long bytes = Stream.concat(base.stream(), trained.stream())
                    .mapToLong(FileRef::size)
                    .sum();
            return Duration.ofSeconds(START + bytes / BYTES_A_SECOND);
        }

        private static final long START = 20;
        private static final long BYTES_A_SECOND = 40 << 20;
    }

    /** @param step null for what the run ended with */
    public Taken of(TaskView task, @Nullable Long step) {
        UUID job = task.job().id();
        RunSpec run = RunSpecJson.read(jobs.spec(job));
        List<FileRef> base = files.of(job, JobFiles.Role.INPUT).stream()
                .filter(file -> !file.path().startsWith(Continuations.ROWS))
                .toList();
        List<FileRef> trained = step == null ? result(task) : checkpoint(task, step);
        return new Taken(run, step, base, trained);
    }

    private List<FileRef> checkpoint(TaskView task, long step) {
        List<KeptCheckpoint> kept = checkpoints.of(task.job().id());
        KeptCheckpoint chosen = kept.stream()
                .filter(one -> one.step() == step)
                .findFirst()
                .orElseThrow(() -> ErrorCode.CHECKPOINT_UNKNOWN
                        .at("/step")
                        .with("task", task.number())
                        .with("steps", steps(kept)));
        return chosen.files().stream()
                .filter(file -> !name(file).equals(OPTIMISER))
                .map(TrainedFiles::placed)
                .toList();
    }

    private List<FileRef> result(TaskView task) {
        List<FileRef> made = files.of(task.job().id(), JobFiles.Role.OUTPUT);
        return model(made, file -> file.path().equals(OUTPUT + name(file)))
                .or(() -> model(made, file -> file.path().equals(MERGED + name(file))))
                .orElseThrow(() -> ErrorCode.NOTHING_TRAINED_YET
                        .at("/step")
                        .with("task", task.number())
                        .with("steps", orNone(steps(checkpoints.of(task.job().id())))));
    }

    private static Optional<List<FileRef>> model(List<FileRef> made, Predicate<FileRef> there) {
        List<FileRef> model = made.stream()
                .filter(there)
                .filter(file ->
                        OF_MODELS.contains(file.path().substring(file.path().lastIndexOf('.') + 1)))
                .map(TrainedFiles::placed)
                .toList();
        return model.stream().anyMatch(file -> file.path().endsWith(WEIGHTS)) ? Optional.of(model) : Optional.empty();
    }

    /** Lets a job have it, and keeps it there for as long. */
    public void giveTo(JobView job, Taken taken) {
        files.become(
                job.id(),
                JobFiles.Role.INPUT,
                Stream.concat(taken.base().stream(), taken.trained().stream()).toList());
        BlobOwner owner = new BlobOwner(HOLDER, job.id());
        taken.trained().forEach(file -> blobs.hold(file.sha256(), owner));
    }

    private static List<Long> steps(List<KeptCheckpoint> kept) {
        return kept.stream().map(KeptCheckpoint::step).toList();
    }

    private static Object orNone(List<Long> steps) {
        return steps.isEmpty() ? "–" : steps;
    }

    private static FileRef placed(FileRef file) {
        return new FileRef(FOLDER + "/" + name(file), file.sha256(), file.size());
    }

    private static String name(FileRef file) {
        return file.path().substring(file.path().lastIndexOf('/') + 1);
    }
}
