package dev.temper.platform.dataset;

import dev.temper.contract.CodedException;
import dev.temper.data.read.DataFile;
import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeContext;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.data.recipe.RecipeRun;
import dev.temper.data.recipe.StepReport;
import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Row;
import dev.temper.data.shape.Mapping;
import dev.temper.data.shape.MappingJson;
import dev.temper.data.shape.Outcome;
import dev.temper.data.shape.Proposal;
import dev.temper.data.shape.Recognition;
import dev.temper.data.shape.Rows;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.BlobOwner;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.dataset.ImportTable.Attempt;
import dev.temper.platform.dataset.ImportTable.Earlier;
import dev.temper.platform.dataset.ImportTable.Progress;
import dev.temper.platform.dataset.ImportTable.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings one file in, one row at a time. Nothing of it is seen before all of it is there: a run that is killed leaves only
 * files in the staging folder, and the import begins again from the first row, which gives the same rows.
 *
 * <p>It does not go on in the middle. Duplicates and pseudonyms depend on all rows before, so their state would have to be
 * saved with each checkpoint; and most formats (compressed, XLSX, PDF) can only be read from the start, so that getting back to
 * the place costs most of what starting over does. Reading again is seconds a gigabyte.
 */
@Component
class ImportRun {
    private static final Logger LOG = LoggerFactory.getLogger(ImportRun.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PREFIX = "import-";
    private static final long TELL_EVERY_NANOS = 500_000_000;

    private final ImportTable table;
    private final Versions versions;
    private final Datasets datasets;
    private final Tokenizers tokenizers;
    private final ModelEndpoints endpoints;
    private final Blobs blobs;
    private final DuckDb duckDb;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    ImportRun(
            ImportTable table,
            Versions versions,
            Datasets datasets,
            Tokenizers tokenizers,
            ModelEndpoints endpoints,
            Blobs blobs,
            DuckDb duckDb,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.table = table;
        this.versions = versions;
        this.datasets = datasets;
        this.tokenizers = tokenizers;
        this.endpoints = endpoints;
        this.blobs = blobs;
        this.duckDb = duckDb;
        this.transaction = new TransactionTemplate(transactions);
        this.events = events;
    }

    /** Runs to an end that is kept, whatever happens; only where the platform is stopping it is left to the next run. */
    void run(Attempt attempt, BooleanSupplier stopping) {
        Path folder = blobs.staging(PREFIX + attempt.id() + "-" + attempt.number());
        try {
            for (long before = attempt.number() - 1; before > 0; before--) {
                FileSystemUtils.deleteRecursively(blobs.staging(PREFIX + attempt.id() + "-" + before));
            }
            Files.createDirectories(folder);
            bring(attempt, folder, stopping);
        } catch (CodedException told) {
            fail(attempt, told);
        } catch (IOException | RuntimeException unforeseen) {
            if (stopping.getAsBoolean()) {
                return;
            }
            LOG.warn("Import {} failed", attempt.id(), unforeseen);
            fail(
                    attempt,
                    CodedException.internal(
                            "import_failed",
                            "The import stopped for a reason that is not the file's.",
                            "Start it again; if it happens again, tell the platform's admin its id."));
        } finally {
            delete(folder);
        }
    }

    private void bring(Attempt attempt, Path folder, BooleanSupplier stopping) throws IOException {
        Source source = in(() -> table.source(attempt.id()));
        Optional<Incoming> incoming = incoming(attempt, source, folder);
        if (incoming.isEmpty()) {
            return;
        }
        Recipe recipe = RecipeJson.read(source.recipe());
        try (Incoming rows = incoming.get();
                RecipeRun steps = recipe.start(new RecipeContext(folder, tokenizers::find, endpoints::open));
                VersionWriter writer = VersionWriter.in(folder, duckDb);
                ReportWriter report = ReportWriter.in(folder, duckDb)) {
            var sink = new RecipeRun.Sink() {
                @Override
                public void keep(Row row) {
                    writer.add(row);
                }

                @Override
                public void leaveOut(LeftOut row) {
                    report.add(row);
                }
            };
            long told = System.nanoTime();
            for (Outcome outcome = rows.next(); outcome != null; outcome = rows.next()) {
                switch (outcome) {
                    case Outcome.Kept kept -> steps.accept(kept.row(), sink);
                    case Outcome.Left left -> sink.leaveOut(left.leftOut());
                }
                if (stopping.getAsBoolean()) {
                    throw new IOException("The platform is stopping");
                }
                if (System.nanoTime() - told > TELL_EVERY_NANOS) {
                    told = System.nanoTime();
                    Progress now = progress(rows, writer, report, steps, rows.progress());
                    if (!in(() -> table.progress(attempt, now))) {
                        return; // Somebody cancelled it, or another run has taken it up.
                    }
                }
            }
            end(attempt, source, writer, report, progress(rows, writer, report, steps, 1));
        }
    }

    /** Where the rows come from; nowhere yet, where a person has to say which columns are what. */
    private Optional<Incoming> incoming(Attempt attempt, Source source, Path folder) throws IOException {
        if (!source.sources().isEmpty()) {
            return Optional.of(new VersionRows(source.sources(), blobs, duckDb));
        }
        DataFile file =
                DataFile.of(blobs.file(source.fileHash()), source.fileName()).with(folder);
        Optional<Mapping> mapping = mapping(attempt, source, file);
        return mapping.isEmpty() ? Optional.empty() : Optional.of(new FileRows(Rows.open(file, mapping.get(), 0)));
    }

    /** The mapping to use; empty where a person has to say. */
    private Optional<Mapping> mapping(Attempt attempt, Source source, DataFile file) throws IOException {
        if (source.mapping() != null) {
            return Optional.of(MappingJson.read(source.mapping()));
        }
        Proposal proposal = Recognition.of(file);
        Optional<Earlier> earlier =
                proposal.isCertain() ? Optional.empty() : in(() -> table.earlier(proposal.columns()));
        Mapping offered = earlier.map(before -> MappingJson.read(before.mapping())
                        .reading(proposal.mapping().reading()))
                .orElse(proposal.mapping());
        String json = JSON.writeValueAsString(Map.of(
                "mapping", MappingJson.node(offered),
                "confidence", proposal.confidence(),
                "why", earlier.isPresent() ? "as_last_time" : proposal.why().id(),
                "from", earlier.map(Earlier::fileName).orElse(""),
                "columns", proposal.columns()));
        UUID id = attempt.id();
        boolean holds = in(() -> {
            if (!table.holds(attempt)) {
                return false;
            }
            table.proposal(id, json);
            if (proposal.isCertain()) {
                table.mapping(id, MappingJson.write(proposal.mapping()));
            } else {
                stop(id, ImportState.MAPPING_NEEDED, null);
            }
            return true;
        });
        return holds && proposal.isCertain() ? Optional.of(proposal.mapping()) : Optional.empty();
    }

    private void end(Attempt attempt, Source source, VersionWriter writer, ReportWriter report, Progress progress) {
        Blob left = report.rows() == 0 ? null : blobs.store(out -> Files.copy(report.finish(), out));
        Versions.@Nullable Finished finished = writer.rows() == 0 ? null : versions.finish(writer);
        UUID id = attempt.id();
        in(() -> {
            if (!table.progress(attempt, progress)) {
                return false;
            }
            letGo(id);
            if (left != null) {
                blobs.hold(left.hash(), new BlobOwner(Imports.OWNER, id));
            }
            if (finished == null) {
                table.result(id, null, left == null ? null : left.hash());
                fail(id, nothingKept(progress));
                return true;
            }
            ImportView started = table.find(id).orElseThrow();
            VersionView version = datasets.add(
                    finished,
                    new Versions.Origin(
                            Objects.requireNonNull(started.dataset()),
                            source.sources().isEmpty()
                                    ? null
                                    : source.sources().getFirst().version(),
                            started.mapping(),
                            source.recipe(),
                            progress.steps(),
                            source.fileName()));
            table.result(id, version.id(), left == null ? null : left.hash());
            return stop(id, ImportState.SUCCEEDED, null);
        });
    }

    /** A file stays as long as its import; versions are their own, and were only held while they were read. */
    private void letGo(UUID id) {
        if (table.find(id).map(ImportView::sources).isPresent()) {
            blobs.release(new BlobOwner(Imports.OWNER, id));
        }
    }

    private static Progress progress(
            Incoming rows, VersionWriter writer, ReportWriter report, RecipeRun steps, double part) {
        List<StepReport> reports = steps.reports();
        long added =
                rows.added() + reports.stream().mapToLong(StepReport::added).sum();
        return new Progress(
                rows.read(),
                added,
                writer.rows(),
                report.rows(),
                report.reasons(),
                Math.clamp(part, 0, 1),
                JSON.writeValueAsString(reports));
    }

    private static CodedException nothingKept(Progress progress) {
        return CodedException.user(
                        "import_nothing_kept",
                        "None of the " + progress.in() + " rows could be kept.",
                        "Look at the reasons in the report; often another mapping or a gentler recipe is all it takes.")
                .with("rows", progress.in());
    }

    private void fail(Attempt attempt, CodedException failure) {
        in(() -> {
            boolean holds = table.holds(attempt);
            if (holds) {
                letGo(attempt.id());
                fail(attempt.id(), failure);
            }
            return holds;
        });
    }

    private void fail(UUID id, CodedException failure) {
        table.failure(id, json(failure));
        stop(id, ImportState.FAILED, failure.code());
        UUID dataset = table.find(id).orElseThrow().dataset();
        if (dataset != null) {
            datasets.forsake(dataset);
        }
    }

    private boolean stop(UUID id, ImportState state, @Nullable String failureCode) {
        boolean entered = table.enter(id, state);
        if (entered) {
            ImportView now = table.find(id).orElseThrow();
            events.publishEvent(new ImportStopped(
                    id,
                    Caller.current().userId(),
                    now.fileName(),
                    state,
                    now.rowsKept(),
                    now.rowsLeftOut(),
                    failureCode));
        }
        return entered;
    }

    private static String json(CodedException failure) {
        return JSON.writeValueAsString(Map.of(
                "code", failure.code(),
                "message", failure.getMessage(),
                "remedy", failure.remedy(),
                "facts", failure.details()));
    }

    private <T> T in(java.util.function.Supplier<T> work) {
        return Optional.ofNullable(transaction.execute(_ -> work.get())).orElseThrow();
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
