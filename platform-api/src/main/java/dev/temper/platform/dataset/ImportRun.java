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
import dev.temper.platform.dataset.ImportTable.Earlier;
import dev.temper.platform.dataset.ImportTable.Progress;
import dev.temper.platform.dataset.ImportTable.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings one file in, one row at a time. Nothing of it is seen before all of it is there: a run that is killed leaves only
 * files in the staging folder, and begins again from the first row, which gives the same rows.
 */
@Component
class ImportRun {
    private static final Logger LOG = LoggerFactory.getLogger(ImportRun.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long TELL_EVERY_NANOS = 500_000_000;

    private final ImportTable table;
    private final Versions versions;
    private final Datasets datasets;
    private final Tokenizers tokenizers;
    private final ModelEndpoints endpoints;
    private final Blobs blobs;
    private final DuckDb duckDb;
    private final TransactionTemplate transaction;

    ImportRun(
            ImportTable table,
            Versions versions,
            Datasets datasets,
            Tokenizers tokenizers,
            ModelEndpoints endpoints,
            Blobs blobs,
            DuckDb duckDb,
            PlatformTransactionManager transactions) {
        this.table = table;
        this.versions = versions;
        this.datasets = datasets;
        this.tokenizers = tokenizers;
        this.endpoints = endpoints;
        this.blobs = blobs;
        this.duckDb = duckDb;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Runs to an end that is kept, whatever happens. */
    void run(UUID id) {
        Path folder = blobs.folder().resolve("staging").resolve("import-" + id);
        try {
            FileSystemUtils.deleteRecursively(folder);
            Files.createDirectories(folder);
            bring(id, folder);
        } catch (CodedException told) {
            fail(id, told);
        } catch (IOException | RuntimeException unforeseen) {
            LOG.warn("Import {} failed", id, unforeseen);
            fail(
                    id,
                    CodedException.internal(
                            "import_failed",
                            "The import stopped for a reason that is not the file's.",
                            "Start it again; if it happens again, tell the platform's admin its id."));
        } finally {
            delete(folder);
        }
    }

    private void bring(UUID id, Path folder) throws IOException {
        Source source = in(() -> table.source(id));
        Optional<Incoming> incoming = incoming(id, source, folder);
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
                if (System.nanoTime() - told > TELL_EVERY_NANOS) {
                    told = System.nanoTime();
                    Progress now = progress(rows, writer, report, steps, rows.progress());
                    if (!in(() -> table.progress(id, now))) {
                        return; // Somebody cancelled it.
                    }
                }
            }
            end(id, source, writer, report, progress(rows, writer, report, steps, 1));
        }
    }

    /** Where the rows come from; nowhere yet, where a person has to say which columns are what. */
    private Optional<Incoming> incoming(UUID id, Source source, Path folder) throws IOException {
        if (!source.sources().isEmpty()) {
            return Optional.of(new VersionRows(source.sources(), blobs, duckDb));
        }
        DataFile file =
                DataFile.of(blobs.file(source.fileHash()), source.fileName()).with(folder);
        Optional<Mapping> mapping = mapping(id, source, file);
        return mapping.isEmpty() ? Optional.empty() : Optional.of(new FileRows(Rows.open(file, mapping.get(), 0)));
    }

    /** The mapping to use; empty where a person has to say. */
    private Optional<Mapping> mapping(UUID id, Source source, DataFile file) throws IOException {
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
        in(() -> {
            table.proposal(id, json);
            if (proposal.isCertain()) {
                table.mapping(id, MappingJson.write(proposal.mapping()));
            } else {
                table.enter(id, ImportState.MAPPING_NEEDED);
            }
            return true;
        });
        return proposal.isCertain() ? Optional.of(proposal.mapping()) : Optional.empty();
    }

    private void end(UUID id, Source source, VersionWriter writer, ReportWriter report, Progress progress) {
        Blob left = report.rows() == 0 ? null : blobs.store(out -> Files.copy(report.finish(), out));
        Versions.@Nullable Finished finished = writer.rows() == 0 ? null : versions.finish(writer);
        in(() -> {
            if (!table.progress(id, progress)) {
                return false;
            }
            letGo(id);
            if (left != null) {
                blobs.hold(left.hash(), new BlobOwner(Imports.OWNER, id));
            }
            if (finished == null) {
                table.result(id, null, left == null ? null : left.hash());
                table.failure(id, json(nothingKept(progress)));
                return table.enter(id, ImportState.FAILED);
            }
            ImportView started = table.find(id).orElseThrow();
            VersionView version = datasets.add(
                    finished,
                    new Versions.Origin(
                            started.dataset(),
                            source.sources().isEmpty()
                                    ? null
                                    : source.sources().getFirst().version(),
                            started.mapping(),
                            source.recipe(),
                            progress.steps(),
                            source.fileName()));
            table.result(id, version.id(), left == null ? null : left.hash());
            return table.enter(id, ImportState.SUCCEEDED);
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
        long added = rows.added() + reports.stream().mapToLong(StepReport::added).sum();
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

    private void fail(UUID id, CodedException failure) {
        in(() -> {
            letGo(id);
            table.failure(id, json(failure));
            return table.enter(id, ImportState.FAILED);
        });
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
