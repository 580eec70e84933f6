package dev.temper.platform.task;

import static dev.temper.platform.task.TaskGround.ROWS;

import dev.temper.contract.link.FileRef;
import dev.temper.platform.Fleet;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.job.JobFiles;
import dev.temper.platform.job.JobView;
import dev.temper.platform.job.RunEnd;
import dev.temper.platform.job.Runs;
import dev.temper.platform.resource.NodeView;
import dev.temper.platform.resource.PoolView;
import dev.temper.platform.task.TaskRequest.Ingredient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** What tests of jobs that come after a run begin with: a task in a pool of its own, and a worker there that does as it is told. */
@Component
class AfterRuns {
    private final Fleet fleet;
    private final TaskGround ground;
    private final Tasks tasks;
    private final JobFiles files;
    private final Blobs blobs;
    private final Runs runs;
    private final TransactionOperations transactions;

    AfterRuns(
            Fleet fleet,
            TaskGround ground,
            Tasks tasks,
            JobFiles files,
            Blobs blobs,
            Runs runs,
            TransactionOperations transactions) {
        this.fleet = fleet;
        this.ground = ground;
        this.tasks = tasks;
        this.files = files;
        this.blobs = blobs;
        this.runs = runs;
        this.transactions = transactions;
    }

    /** Where somebody works. */
    record Place(Inhabitant owner, PoolView pool, NodeView node) {}

    Place place(Inhabitant owner) {
        PoolView pool = fleet.pool(100);
        return new Place(owner, pool, fleet.node(pool, 2));
    }

    TaskView task(Place place, String settings) {
        Inhabitant owner = place.owner();
        TaskRequest asked = new TaskRequest(
                "Trial",
                "temper-mini",
                List.of(new Ingredient(ground.version(owner, ROWS), 1)),
                settings,
                place.pool().name(),
                1,
                Duration.ofHours(1),
                50);
        return owner.does(() -> tasks.start(asked));
    }

    /** The worker takes the job. */
    long taken(Place place, JobView job) {
        NodeView node = place.node();
        long fence = fleet.assign(job, node);
        Fleet.asWorker(
                node,
                () -> runs.claim(node.id(), List.of(job.kind()), Duration.ofMinutes(1))
                        .orElseThrow());
        return fence;
    }

    /** The worker does the job and leaves these files, each with its path as content. */
    void done(Place place, JobView job, String... paths) {
        NodeView node = place.node();
        long fence = taken(place, job);
        List<FileRef> made = Stream.of(paths).map(path -> content(place, path)).toList();
        place.owner()
                .does(() -> transactions.execute(_ -> {
                    files.become(job.id(), JobFiles.Role.OUTPUT, made);
                    return job;
                }));
        Fleet.asWorker(node, () -> runs.finished(node.id(), fence, new RunEnd.Succeeded()));
    }

    FileRef content(Place place, String path) {
        Blob blob = place.owner().does(() -> blobs.store(out -> out.write(path.getBytes(StandardCharsets.UTF_8))));
        return new FileRef(path, blob.hash(), blob.size());
    }
}
