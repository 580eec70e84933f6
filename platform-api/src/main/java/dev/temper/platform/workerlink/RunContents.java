package dev.temper.platform.workerlink;

import dev.temper.contract.link.ArtefactQuery;
import dev.temper.contract.link.ArtefactsHeld;
import dev.temper.contract.link.FileRef;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.BlobOwner;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.blob.SharedBlobs;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.job.Checkpoints;
import dev.temper.platform.job.ClaimedRun;
import dev.temper.platform.job.HeldRuns;
import dev.temper.platform.job.JobFiles;
import dev.temper.platform.job.JobFiles.Role;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** The contents that runs are given and bring: kept with the tenant's others, by their hashes. Base models may be the platform's. */
@Service
public class RunContents {
    private static final String OUTPUT = "job-output";

    private final HeldRuns held;
    private final JobFiles files;
    private final Checkpoints checkpoints;
    private final Blobs blobs;
    private final SharedBlobs shared;
    private final Arrivals arrivals;
    private final TransactionOperations transactions;

    RunContents(
            HeldRuns held,
            JobFiles files,
            Checkpoints checkpoints,
            Blobs blobs,
            SharedBlobs shared,
            Arrivals arrivals,
            TransactionOperations transactions) {
        this.held = held;
        this.files = files;
        this.checkpoints = checkpoints;
        this.blobs = blobs;
        this.shared = shared;
        this.arrivals = arrivals;
        this.transactions = transactions;
    }

    /** What a run is to find in its folder. */
    List<FileRef> given(ClaimedRun run) {
        return inTenant(
                run.tenantId(),
                () -> Stream.of(Role.INPUT, Role.CHECKPOINT)
                        .flatMap(role -> files.of(run.jobId(), role).stream())
                        .toList());
    }

    /** A file with a content that the worker's run is given. */
    public Path fetch(UUID node, UUID job, String sha256) {
        return inTenant(held.tenant(node, job), () -> {
            FileRef file = files.given(job, sha256).orElseThrow(ErrorCode.NOT_FOUND::problem);
            // What is the platform's own is given to runs of every tenant.
            return blobs.find(file.sha256()).isPresent() ? blobs.file(file.sha256()) : shared.file(file.sha256());
        });
    }

    /** Which of the contents are still to come, and from where on. */
    public ArtefactsHeld missing(UUID node, UUID job, ArtefactQuery query) {
        UUID tenant = live(node, job, query.fence());
        return inTenant(tenant, () -> {
            Map<String, Long> missing = new LinkedHashMap<>();
            for (FileRef file : query.files()) {
                if (blobs.find(file.sha256()).isEmpty()) {
                    missing.put(file.sha256(), arrivals.held(tenant, job, file.sha256()));
                }
            }
            return new ArtefactsHeld(missing);
        });
    }

    /**
     * Takes a content, or what follows the part of it that is here.
     *
     * @param from where the bytes that come belong
     * @param total how long the whole is
     */
    public void send(UUID node, UUID job, String sha256, long from, long total, InputStream bytes) {
        UUID tenant = held.tenant(node, job);
        TenantScope.run(tenant, () -> {
            if (blobs.find(sha256).isEmpty()) {
                blobs.refuseAboveQuota(total);
                arrivals.take(tenant, job, sha256, from, total, bytes);
            }
        });
    }

    /**
     * Keeps contents of checkpoints from being collected.
     *
     * @return those that are here; a checkpoint of which one is not can't be gone on from
     */
    Set<FileRef> hold(UUID node, UUID job, long fence, List<FileRef> wanted) {
        Optional<UUID> tenant = wanted.isEmpty() ? Optional.empty() : held.tenant(node, job, fence);
        return tenant.map(known -> inTenant(known, () -> hold(wanted, new BlobOwner(Checkpoints.HOLDER, job))))
                .orElse(Set.of());
    }

    private Set<FileRef> hold(List<FileRef> wanted, BlobOwner owner) {
        Set<FileRef> here = new HashSet<>();
        for (FileRef file : wanted) {
            Optional<Blob> blob = blobs.find(file.sha256()).filter(found -> found.size() == file.size());
            if (blob.isPresent()) {
                blobs.hold(file.sha256(), owner);
                here.add(file);
            }
        }
        return here;
    }

    /** The job goes on from these; part of the transaction in which it is told so. */
    void checkpointed(UUID job, long step, List<FileRef> checkpoint) {
        files.become(job, Role.CHECKPOINT, checkpoint);
        checkpoints.keep(job, step, checkpoint);
    }

    /** Lets go of the checkpoints that others have replaced. */
    void tidy(UUID node, UUID job, long fence) {
        held.tenant(node, job, fence)
                .ifPresent(tenant -> inTenant(tenant, () -> {
                    var owner = new BlobOwner(Checkpoints.HOLDER, job);
                    blobs.release(owner);
                    return hold(
                            Stream.concat(files.of(job, Role.CHECKPOINT).stream(), checkpoints.files(job).stream())
                                    .toList(),
                            owner);
                }));
    }

    /** Keeps what came of a job. All of it has to be here. */
    void keep(UUID node, UUID job, long fence, List<FileRef> outputs) {
        UUID tenant = live(node, job, fence);
        inTenant(tenant, () -> {
            Set<FileRef> here = hold(outputs, new BlobOwner(OUTPUT, job));
            long missing = outputs.stream().filter(file -> !here.contains(file)).count();
            if (missing > 0) {
                throw ErrorCode.ARTEFACTS_MISSING.with("missing", missing);
            }
            if (!outputs.isEmpty()) {
                files.become(job, Role.OUTPUT, outputs);
            }
            return here;
        });
        arrivals.forget(tenant, job);
    }

    private UUID live(UUID node, UUID job, long fence) {
        return held.tenant(node, job, fence).orElseThrow(ErrorCode.FENCE_STALE::problem);
    }

    private <T> T inTenant(UUID tenant, Supplier<T> work) {
        return TenantScope.call(tenant, () -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
