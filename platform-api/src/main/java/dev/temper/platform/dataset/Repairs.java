package dev.temper.platform.dataset;

import dev.temper.data.recipe.RecipeContext;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.data.recipe.RecipeRun;
import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Row;
import dev.temper.data.shape.Mapping;
import dev.temper.data.shape.MappingJson;
import dev.temper.data.shape.Outcome;
import dev.temper.data.shape.Shape;
import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Permission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows that an import left out, mended and brought in again: they go the way the others went, by the same mapping and
 * recipe, and stand behind the rows of the newest version, in the next one.
 */
@Service
public class Repairs {
    public static final int MOST = 10_000;
    private static final int TRIES = 3;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ImportTable imports;
    private final RepairTable table;
    private final Versions versions;
    private final Datasets datasets;
    private final Tokenizers tokenizers;
    private final Blobs blobs;
    private final DuckDb duckDb;
    private final Audit audit;
    private final TransactionTemplate transaction;

    Repairs(
            ImportTable imports,
            RepairTable table,
            Versions versions,
            Datasets datasets,
            Tokenizers tokenizers,
            Blobs blobs,
            DuckDb duckDb,
            Audit audit,
            PlatformTransactionManager transactions) {
        this.imports = imports;
        this.table = table;
        this.versions = versions;
        this.datasets = datasets;
        this.tokenizers = tokenizers;
        this.blobs = blobs;
        this.duckDb = duckDb;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * What became of the rows that were mended.
     *
     * @param version the one with them; null where none could be used
     * @param repaired how many are in it
     * @param still those that are left out yet, and why
     */
    public record Result(@Nullable VersionView version, long repaired, List<Still> still) {
        public Result {
            still = List.copyOf(still);
        }

        /** The same with its reasons in a language. */
        public Result in(Locale locale) {
            return new Result(
                    version, repaired, still.stream().map(one -> one.in(locale)).toList());
        }
    }

    /**
     * A row that is left out yet.
     *
     * @param facts what the sentence of the code names
     */
    public record Still(long number, @Nullable String column, String code, Map<String, Object> facts, String message) {
        public Still {
            facts = Map.copyOf(facts);
        }

        /** The same with its reason in a language. */
        public Still in(Locale locale) {
            return new Still(
                    number,
                    column,
                    code,
                    facts,
                    Reasons.sentence(code, facts, locale).orElse(message));
        }
    }

    /** What an import was told and what it left out. */
    private record Run(ImportView view, Mapping mapping, String recipe, Report report) {}

    /** Rows by their number in the report, and why others are none. */
    private record Mended(SortedMap<Long, List<Row>> rows, List<Still> still) {}

    /** How many of an import's rows were mended. */
    public long count(UUID run) {
        return in(() -> {
            find(run);
            return table.count(run);
        });
    }

    /** One row of a report. */
    public LeftOutRow row(UUID run, long number) {
        return in(() -> {
            Run looked = look(run);
            return looked.report().rows(List.of(number)).stream()
                    .findFirst()
                    .map(row -> row.repairedIn(table.of(run, List.of(number)).get(number)))
                    .orElseThrow(ErrorCode.NOT_FOUND::problem);
        });
    }

    /**
     * Brings rows in that were left out.
     *
     * @param mended by their numbers in the report, each as it should have stood in the file
     * @param note why; it stays with the version
     */
    public Result repair(UUID run, Map<Long, JsonNode> mended, String note) {
        Caller.current().require(Permission.WRITE);
        String said = DatasetInput.text("/note", note, 500);
        if (mended.isEmpty()) {
            throw ErrorCode.FIELD_REQUIRED.at("/repairs");
        }
        if (mended.size() > MOST) {
            throw ErrorCode.FIELD_TOO_LONG.at("/repairs").with("max", MOST);
        }
        Run looked = in(() -> {
            Run found = look(run);
            if (found.view().dataset() != null) {
                datasets.writable(found.view().dataset());
            }
            return found;
        });
        Map<Long, UUID> done = in(() -> table.of(run, mended.keySet()));
        Map<Long, LeftOutRow> rows = new LinkedHashMap<>();
        looked.report().rows(mended.keySet()).forEach(row -> rows.put(row.number(), row));
        for (Long number : mended.keySet()) {
            if (!rows.containsKey(number)) {
                throw ErrorCode.IMPORT_ROW_UNKNOWN.at("/repairs").with("number", number);
            }
            if (done.containsKey(number)) {
                throw ErrorCode.IMPORT_ROW_REPAIRED.at("/repairs").with("number", number);
            }
        }
        Mended result = mend(looked, rows, mended);
        VersionView version = result.rows().isEmpty() ? null : add(looked, result, said);
        return new Result(version, result.rows().size(), result.still());
    }

    private Mended mend(Run run, Map<Long, LeftOutRow> rows, Map<Long, JsonNode> contents) {
        Path folder = blobs.folder().resolve("staging").resolve("repair-" + UUID.randomUUID());
        Mended mended = new Mended(new TreeMap<>(), new ArrayList<>());
        try {
            Files.createDirectories(folder);
            try (RecipeRun steps = RecipeJson.read(run.recipe()).start(new RecipeContext(folder, tokenizers::find))) {
                MendedRecord records = new MendedRecord(run.mapping(), folder);
                for (Long number : new TreeSet<>(contents.keySet())) {
                    LeftOutRow was = Objects.requireNonNull(rows.get(number));
                    JsonNode content = Objects.requireNonNull(contents.get(number));
                    take(number, records.outcomes(was, content), steps, mended);
                }
            }
            return mended;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(folder);
        }
    }

    /** A row is mended when all that it became can be used; else it stays as it was. */
    private static void take(long number, List<Outcome> outcomes, RecipeRun steps, Mended mended) {
        List<Row> kept = new ArrayList<>();
        List<LeftOut> left = new ArrayList<>();
        var sink = new RecipeRun.Sink() {
            @Override
            public void keep(Row row) {
                kept.add(row);
            }

            @Override
            public void leaveOut(LeftOut row) {
                left.add(row);
            }
        };
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Outcome.Kept one -> steps.accept(one.row(), sink);
                case Outcome.Left one -> left.add(one.leftOut());
            }
        }
        if (left.isEmpty() && !kept.isEmpty()) {
            mended.rows().put(number, kept);
        }
        left.stream()
                .limit(1)
                .forEach(why -> mended.still()
                        .add(new Still(number, why.place().column(), why.code(), why.facts(), Reasons.sentence(why))));
    }

    private VersionView add(Run run, Mended mended, String note) {
        List<Row> rows = mended.rows().values().stream().flatMap(List::stream).toList();
        String changes = JSON.writeValueAsString(Map.of("edited", 0, "removed", 0, "added", rows.size()));
        UUID dataset = dataset(run.view());
        for (int tried = 0; tried < TRIES; tried++) {
            Optional<VersionView> parent = in(() -> versions.newest(dataset));
            Versions.Finished finished = write(parent, rows);
            Optional<VersionView> made = in(() -> {
                versions.lock(dataset);
                UUID newest = versions.newest(dataset).map(VersionView::id).orElse(null);
                if (!Objects.equals(newest, parent.map(VersionView::id).orElse(null))) {
                    return Optional.empty(); // Somebody else's version came between; ours goes behind it.
                }
                VersionView version = datasets.add(
                        finished,
                        new Versions.Origin(
                                dataset,
                                newest,
                                MappingJson.write(run.mapping()),
                                run.recipe(),
                                "[]",
                                note,
                                parent.isPresent() ? changes : null));
                table.add(run.view().id(), mended.rows().keySet(), version.id());
                audit.record(
                        AuditAction.IMPORT_REPAIRED,
                        AuditTarget.of(
                                "dataset_import", run.view().id(), run.view().fileName()),
                        null,
                        Map.of("repaired", mended.rows().size(), "version", version.number()));
                return Optional.of(version);
            });
            if (made.isPresent()) {
                return made.get();
            }
        }
        throw ErrorCode.CHANGED_MEANWHILE.problem();
    }

    /** An import that came to nothing has lost the dataset that was made for it. */
    private UUID dataset(ImportView view) {
        if (view.dataset() != null) {
            return view.dataset();
        }
        return in(() -> {
            UUID made = datasets.create(Imports.stem(view.fileName())).id();
            imports.dataset(view.id(), made);
            return made;
        });
    }

    private Versions.Finished write(Optional<VersionView> parent, List<Row> rows) {
        if (parent.isPresent()) {
            VersionFile file = in(() -> versions.file(parent.get().id()));
            try (VersionRewrite rewrite = versions.rewrite(file)) {
                return versions.finish(rewrite.write(Map.of(), new TreeSet<>(), rows));
            }
        }
        try (VersionWriter writer = versions.write()) {
            rows.forEach(writer::add);
            return versions.finish(writer);
        }
    }

    private ImportView find(UUID run) {
        Caller.current().require(Permission.READ);
        return imports.find(run).orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    private Run look(UUID run) {
        ImportView view = find(run);
        ImportTable.Source source = imports.source(run);
        Optional<String> report = imports.report(run);
        if (report.isEmpty()) {
            throw ErrorCode.NOT_FOUND.problem();
        }
        return new Run(
                view,
                // Versions that were prepared anew had rows already.
                source.mapping() == null ? Mapping.of(Shape.CANONICAL) : MappingJson.read(source.mapping()),
                source.recipe(),
                new Report(duckDb, blobs.file(report.get())));
    }

    private <T> T in(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(_ -> work.get()));
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
