package dev.temper.platform.dataset;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeContext;
import dev.temper.data.recipe.RecipeRun;
import dev.temper.data.recipe.StepReport;
import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Row;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Permission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.FileSystemUtils;

/** Making a version from others: by a recipe, by a mix, or both. It runs as an import does, and overwrites nothing. */
@Service
public class Preparations {
    /** Rows of a dry run. */
    public static final int TRIED = 200;

    private static final int TRIED_AT_A_MODEL = 5;
    private static final int SHOWN = 20;
    private static final int SOURCES = 20;
    private static final String ASKS_A_MODEL = "augment_model";

    private final Datasets datasets;
    private final Versions versions;
    private final Imports imports;
    private final Tokenizers tokenizers;
    private final ModelEndpoints endpoints;
    private final Blobs blobs;

    Preparations(
            Datasets datasets,
            Versions versions,
            Imports imports,
            Tokenizers tokenizers,
            ModelEndpoints endpoints,
            Blobs blobs) {
        this.datasets = datasets;
        this.versions = versions;
        this.imports = imports;
        this.tokenizers = tokenizers;
        this.endpoints = endpoints;
        this.blobs = blobs;
    }

    /** Puts it in line; the answer is to be watched like an import. */
    @Transactional
    public ImportView start(Preparation wanted) {
        Caller.current().require(Permission.WRITE);
        UUID dataset = datasets.version(wanted.version()).dataset();
        List<MixSource> sources = new ArrayList<>();
        sources.add(source("/version", "/ratio", wanted.version(), wanted.ratio()));
        if (wanted.others().size() >= SOURCES) {
            throw ErrorCode.FIELD_TOO_LONG.at("/with").with("max", SOURCES - 1);
        }
        for (int i = 0; i < wanted.others().size(); i++) {
            Preparation.Mixed other = wanted.others().get(i);
            sources.add(source("/with/" + i + "/version", "/with/" + i + "/ratio", other.version(), other.ratio()));
        }
        if (wanted.recipe().steps().isEmpty() && sources.size() == 1 && wanted.ratio() == 1) {
            throw ErrorCode.PREPARATION_EMPTY.problem();
        }
        return imports.prepare(dataset, sources, wanted.recipe());
    }

    private MixSource source(String versionField, String ratioField, UUID version, double ratio) {
        if (!(ratio >= Preparation.LEAST && ratio <= Preparation.MOST)) {
            throw ErrorCode.FIELD_OUT_OF_RANGE
                    .at(ratioField)
                    .with("min", Preparation.LEAST)
                    .with("max", Preparation.MOST);
        }
        VersionView view = versions.find(version)
                .orElseThrow(
                        () -> ErrorCode.DATASET_VERSION_UNKNOWN.at(versionField).with("version", version));
        DatasetView dataset = datasets.get(view.dataset());
        return new MixSource(
                version, dataset.name() + " v" + view.number(), versions.fileHash(version), view.rows(), ratio);
    }

    /** Tries a recipe on the first rows of a version; nothing of it is kept. */
    public DryRun dryRun(UUID version, Recipe recipe) {
        Caller.current().require(Permission.WRITE);
        boolean slow =
                recipe.steps().stream().anyMatch(step -> step.kind().name().equals(ASKS_A_MODEL));
        List<Row> rows = datasets.firstRows(version, slow ? TRIED_AT_A_MODEL : TRIED);
        Path folder = blobs.folder().resolve("staging").resolve("dry-run-" + UUID.randomUUID());
        try {
            return run(recipe, rows, Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(folder);
        }
    }

    private DryRun run(Recipe recipe, List<Row> rows, Path folder) {
        List<DryRun.Tried> shown = new ArrayList<>();
        Map<String, Long> reasons = new TreeMap<>();
        long kept = 0;
        long leftOut = 0;
        try (RecipeRun steps = recipe.start(new RecipeContext(folder, tokenizers::find, endpoints::open))) {
            for (int i = 0; i < rows.size(); i++) {
                Collected collected = new Collected();
                steps.accept(rows.get(i), collected);
                kept += collected.kept.size();
                leftOut += collected.leftOut.size();
                collected.leftOut.forEach(left -> reasons.merge(left.code(), 1L, Long::sum));
                if (i < SHOWN) {
                    shown.add(new DryRun.Tried(i + 1L, rows.get(i), collected.kept, collected.leftOut));
                }
            }
            List<StepReport> reports = steps.reports();
            long added = reports.stream().mapToLong(StepReport::added).sum();
            return new DryRun(rows.size(), added, kept, leftOut, reasons, reports, shown);
        }
    }

    /** What became of one row. */
    private static final class Collected implements RecipeRun.Sink {
        private final List<Row> kept = new ArrayList<>();
        private final List<LeftOut> leftOut = new ArrayList<>();

        @Override
        public void keep(Row row) {
            kept.add(row);
        }

        @Override
        public void leaveOut(LeftOut row) {
            leftOut.add(row);
        }
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
