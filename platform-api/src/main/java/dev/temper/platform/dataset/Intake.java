package dev.temper.platform.dataset;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.shape.Mapping;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.blob.UploadView;
import dev.temper.platform.blob.Uploads;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Permission;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The one way a customer's file comes in: it is stored, outside of any transaction, and put in line to be imported. */
@Service
public class Intake {
    private final Blobs blobs;
    private final Uploads uploads;
    private final Datasets datasets;
    private final Imports imports;
    private final ModelSettings settings;

    Intake(Blobs blobs, Uploads uploads, Datasets datasets, Imports imports, ModelSettings settings) {
        this.blobs = blobs;
        this.uploads = uploads;
        this.datasets = datasets;
        this.imports = imports;
        this.settings = settings;
    }

    /**
     * What is to become of a file.
     *
     * @param dataset what it becomes the next version of; null for a new dataset
     * @param name of a new dataset; null or blank for the file's
     * @param mapping which columns are what; null to have it recognised
     */
    public record Wish(
            @Nullable UUID dataset,
            @Nullable String name,
            @Nullable Mapping mapping,
            Recipe recipe) {}

    /** Opens what is sent. */
    @FunctionalInterface
    public interface Sent {
        InputStream open() throws IOException;
    }

    /**
     * A file that came with the request.
     *
     * @param fileName null or blank where there was none
     */
    public ImportView file(@Nullable String fileName, long size, Sent sent, Wish wish) {
        check(wish);
        if (fileName == null || fileName.isBlank()) {
            throw ErrorCode.FIELD_REQUIRED.at("/file");
        }
        blobs.refuseAboveQuota(size);
        Blob blob = blobs.store(out -> {
            try (InputStream in = sent.open()) {
                in.transferTo(out);
            }
        });
        return start(fileName, blob, wish);
    }

    /** A file that lies at an address of the internet; no larger than what comes while its user waits. */
    public ImportView address(String url, Wish wish) {
        check(wish);
        WebFile file = WebFile.at(url, settings.allowPrivateEndpoints());
        return start(file.name(), blobs.store(file::into), wish);
    }

    /** A file that came in parts; all of them must be there. */
    public ImportView upload(UUID id, Wish wish) {
        check(wish);
        UploadView whole = uploads.finish(id);
        return start(whole.name(), new Blob(Objects.requireNonNull(whole.hash()), whole.size()), wish);
    }

    /** What is refused anyway is refused before gigabytes are stored. */
    private void check(Wish wish) {
        Caller.current().require(Permission.WRITE);
        if (wish.dataset() != null) {
            datasets.get(wish.dataset());
        }
        if (wish.name() != null && !wish.name().isBlank()) {
            DatasetInput.name("/name", wish.name());
        }
    }

    private ImportView start(String fileName, Blob blob, Wish wish) {
        return imports.start(new Imports.Wanted(
                wish.dataset(),
                wish.name() == null || wish.name().isBlank() ? null : wish.name(),
                fileName,
                blob,
                wish.mapping(),
                wish.recipe()));
    }
}
