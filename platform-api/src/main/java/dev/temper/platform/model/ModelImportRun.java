package dev.temper.platform.model;

import dev.temper.contract.CodedException;
import dev.temper.contract.link.FileRef;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.common.ErrorTexts;
import dev.temper.platform.common.Problem;
import dev.temper.platform.model.BaseModelTable.Kept;
import dev.temper.platform.model.HubClient.Repository;
import dev.temper.platform.tenant.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Brings one model in: fetches what is elsewhere, looks at it, keeps its files. Nothing of it can be used before all of it
 * is there. A run that was killed begins again, and goes on with what it had fetched.
 */
@Component
class ModelImportRun {
    private static final Logger LOG = LoggerFactory.getLogger(ModelImportRun.class);
    private static final int PIECE = 1 << 18;
    private static final long TELL_EVERY_NANOS = 500_000_000;

    private final BaseModelTable table;
    private final ModelHome home;
    private final RegistrySettings settings;
    private final Secrets secrets;

    ModelImportRun(BaseModelTable table, ModelHome home, RegistrySettings settings, Secrets secrets) {
        this.table = table;
        this.home = home;
        this.settings = settings;
        this.secrets = secrets;
    }

    /** Which run of an import it is, and how far it is. */
    private final class Attempt {
        private final Kept model;
        private final long number;
        private final BooleanSupplier stopping;
        private long total;
        private long done;
        private long told;

        private Attempt(Kept model, long number, BooleanSupplier stopping) {
            this.model = model;
            this.number = number;
            this.stopping = stopping;
        }

        private void expect(long bytes) {
            total = bytes;
            done = 0;
            tell();
        }

        private void came(long bytes) {
            done += bytes;
            if (System.nanoTime() - told > TELL_EVERY_NANOS) {
                tell();
            }
        }

        private void tell() {
            told = System.nanoTime();
            if (stopping.getAsBoolean()) {
                throw new Given("The platform is stopping");
            }
            if (!home.reading(() -> table.progress(model.id(), number, total, done))) {
                throw new Given("Another run has taken the import up, or it was given up");
            }
        }
    }

    /** The import is not this run's to end. */
    private static final class Given extends RuntimeException {
        private Given(String why) {
            super(why, null, false, false);
        }
    }

    /** Runs to an end that is kept, whatever happens; only where the platform is stopping it is left to the next run. */
    void run(UUID id, BooleanSupplier stopping) {
        Optional<Attempt> begun = home.reading(() ->
                table.begin(id).flatMap(number -> table.find(id).map(model -> new Attempt(model, number, stopping))));
        if (begun.isEmpty()) {
            return;
        }
        Path work = home.staging(id);
        try {
            Files.createDirectories(work);
            bring(begun.get(), work);
            FileSystemUtils.deleteRecursively(work);
        } catch (Given notOurs) {
            LOG.info("Import of model {}: {}", id, notOurs.getMessage());
        } catch (CodedException told) {
            fail(begun.get(), ImportFailure.of(told), work, told.category() == CodedException.Category.USER);
        } catch (Problem told) {
            fail(
                    begun.get(),
                    new ImportFailure(told.code().code(), ErrorTexts.detail(told, Locale.ENGLISH), "", told.facts()),
                    work,
                    true);
        } catch (IOException | RuntimeException unforeseen) {
            LOG.warn("Import of model {} failed", id, unforeseen);
            fail(
                    begun.get(),
                    new ImportFailure(
                            "import_failed",
                            "The import stopped for a reason that is not the model's.",
                            "Start it again; if it happens again, tell the platform's admin its id.",
                            Map.of()),
                    work,
                    false);
        }
    }

    boolean isOver(UUID id) {
        return home.reading(() -> table.find(id)
                .map(model -> model.view().state() != BaseModelState.IMPORTING)
                .orElse(true));
    }

    private void bring(Attempt attempt, Path work) throws IOException {
        Kept model = attempt.model;
        switch (model.origin()) {
            case Origin.Folder folder -> keep(attempt, FoundModel.at(Path.of(folder.path())), work);
            case Origin.Upload upload -> keepUpload(attempt, upload, work);
            case Origin.Hub hub -> keepFetched(attempt, hub, work);
        }
    }

    private void keep(Attempt attempt, FoundModel found, Path work) throws IOException {
        Inspection inspection = Inspector.inspect(found.path(), work);
        attempt.expect(found.size());
        finish(
                attempt,
                inspection,
                stored(attempt, found, true),
                attempt.model.view().licence());
    }

    private List<FileRef> stored(Attempt attempt, FoundModel found, boolean counted) {
        List<FileRef> files = new ArrayList<>();
        for (Map.Entry<String, Path> file : found.files().entrySet()) {
            Blob blob = home.store(
                    attempt.model.shared(),
                    out -> copy(file.getValue(), out, counted ? attempt::came : _ -> attempt.came(0)));
            files.add(new FileRef(file.getKey(), blob.hash(), blob.size()));
        }
        return files;
    }

    private void keepFetched(Attempt attempt, Origin.Hub asked, Path work) throws IOException {
        Kept model = attempt.model;
        HubClient hub = new HubClient(
                settings.hub().endpoint(), token(model), settings.hub().allowPrivate());
        Repository repository =
                hub.repository(asked.repository(), asked.commit().isEmpty() ? asked.revision() : asked.commit());
        Origin.Hub origin = new Origin.Hub(asked.repository(), asked.revision(), asked.file(), repository.commit());
        home.reading(() -> {
            table.origin(model.id(), origin);
            return origin;
        });
        // What was begun of another commit is of no use.
        Path folder = Files.createDirectories(work.resolve(repository.commit()));
        FoundModel found = new HubDownload(hub, asked.repository(), repository, folder)
                .fetch(asked.file(), attempt::expect, attempt::came);
        Inspection inspection = Inspector.inspect(found.path(), work);
        finish(attempt, inspection, stored(attempt, found, false), licence(model, found, repository));
    }

    /** A tenant's import shows its own token or none: what the platform has agreed to is not theirs to use. */
    private Optional<String> token(Kept model) {
        Optional<String> own =
                home.reading(() -> table.token(model.id())).map(kept -> secrets.decrypt(model.id(), kept));
        return own.isPresent() || !model.shared()
                ? own
                : Optional.ofNullable(settings.hub().token());
    }

    /** What somebody has said of it stands; else what the repository says, and what is not known to be free is gated. */
    private Licence licence(Kept model, FoundModel found, Repository repository) {
        Licence said = model.view().licence();
        if (!said.name().isEmpty()) {
            return repository.gated() && !said.gated()
                    ? new Licence(said.name(), said.url(), said.text(), said.commercialUse(), true)
                    : said;
        }
        CommercialUse use = KnownLicences.commercialUse(repository.licence());
        return new Licence(
                ModelInput.cut(repository.licence(), 100),
                repository.licenceUrl().startsWith("https://") ? ModelInput.cut(repository.licenceUrl(), 500) : "",
                found.licence(),
                use,
                repository.gated() || use != CommercialUse.YES);
    }

    /** What was sent lies among the tenant's blobs already. */
    private void keepUpload(Attempt attempt, Origin.Upload upload, Path work) throws IOException {
        Path file = home.file(false, upload.sha256());
        // By the name that whoever sent it knows.
        Path named = work.resolve(upload.fileName());
        Files.deleteIfExists(named);
        Inspection inspection = Inspector.inspect(Files.createSymbolicLink(named, file), work);
        long size = Files.size(file);
        attempt.expect(size);
        finish(
                attempt,
                inspection,
                List.of(new FileRef(upload.fileName(), upload.sha256(), size)),
                attempt.model.view().licence());
    }

    private static void copy(Path file, OutputStream out, LongConsumer came) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = new byte[PIECE];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                out.write(piece, 0, count);
                came.accept(count);
            }
        }
    }

    private void finish(Attempt attempt, Inspection inspection, List<FileRef> files, Licence licence) {
        Kept model = attempt.model;
        List<FileRef> tokenizer = new ArrayList<>();
        inspection.tokenizer().forEach((name, bytes) -> {
            Blob blob = home.store(model.shared(), out -> out.write(bytes));
            tokenizer.add(new FileRef(name, blob.hash(), blob.size()));
        });
        home.reading(() -> {
            attempt.tell();
            home.replace(model, files, tokenizer);
            table.describe(model.id(), model.view().description(), licence);
            table.ready(model.id(), inspection.facts(), inspection.chatTemplate());
            return model;
        });
    }

    /** People read it: the folders of this machine are none of their business. */
    private void fail(Attempt attempt, ImportFailure failure, Path work, boolean forGood) {
        ImportFailure told = failure.without(work.toString());
        if (attempt.model.origin() instanceof Origin.Folder folder) {
            told = told.without(folder.path());
        }
        ImportFailure kept = told;
        if (forGood) {
            try {
                FileSystemUtils.deleteRecursively(work);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        home.reading(() -> {
            if (table.progress(attempt.model.id(), attempt.number, attempt.total, attempt.done)) {
                table.failed(attempt.model.id(), kept);
            }
            return kept;
        });
    }
}
