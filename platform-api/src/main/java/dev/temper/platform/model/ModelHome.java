package dev.temper.platform.model;

import dev.temper.contract.link.FileRef;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.BlobOwner;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.blob.SharedBlobs;
import dev.temper.platform.blob.StagedBlob;
import dev.temper.platform.common.FleetScope;
import dev.temper.platform.model.BaseModelTable.Kept;
import dev.temper.platform.model.BaseModelTable.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Where models are written: a tenant's own among its rows and blobs, the shared ones among the platform's. */
@Component
class ModelHome {
    private static final String OWNER = "base-model";

    private final BaseModelTable table;
    private final Blobs blobs;
    private final SharedBlobs shared;
    private final TransactionOperations transactions;

    ModelHome(BaseModelTable table, Blobs blobs, SharedBlobs shared, TransactionOperations transactions) {
        this.table = table;
        this.blobs = blobs;
        this.shared = shared;
        this.transactions = transactions;
    }

    /** In a transaction that may write models that are shared, or the tenant's. */
    <T> T in(boolean platform, Supplier<T> work) {
        return platform ? FleetScope.call(() -> reading(work)) : reading(work);
    }

    /** In a transaction of whichever scope there is. */
    <T> T reading(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(_ -> work.get()));
    }

    /** Outside of a transaction: a model takes its time. */
    Blob store(boolean platform, StagedBlob.Writing writing) {
        return platform ? shared.store(writing) : blobs.store(writing);
    }

    Path file(boolean platform, String sha256) {
        return platform ? shared.file(sha256) : blobs.file(sha256);
    }

    /** The model has these files from now on, in place of those it had. */
    void replace(Kept model, List<FileRef> files, List<FileRef> tokenizer) {
        Set<String> before = contents(model);
        if (!model.shared()) {
            blobs.release(new BlobOwner(OWNER, model.id()));
        }
        Stream.concat(files.stream(), tokenizer.stream()).forEach(file -> hold(model, file));
        table.become(model.id(), Role.MODEL, files);
        table.become(model.id(), Role.TOKENIZER, tokenizer);
        if (model.shared()) {
            before.stream().filter(hash -> !table.refers(hash)).forEach(shared::remove);
        }
    }

    private void hold(Kept model, FileRef file) {
        if (model.shared()) {
            shared.require(file.sha256());
        } else {
            blobs.hold(file.sha256(), new BlobOwner(OWNER, model.id()));
        }
    }

    private Set<String> contents(Kept model) {
        return Stream.of(Role.values())
                .flatMap(role -> table.files(model.id(), role).stream())
                .map(FileRef::sha256)
                .collect(Collectors.toSet());
    }

    /** Where something may be made for a moment. */
    Path staging() {
        return blobs.staging("");
    }

    /** Where a run of an import may lay what comes; what a crash leaves there goes with the next run, or later. */
    Path staging(UUID model) {
        return blobs.staging("model-" + model);
    }
}
