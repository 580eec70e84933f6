package dev.temper.benchmarks.data;

import dev.temper.benchmarks.Benchmark;
import dev.temper.benchmarks.Report;
import dev.temper.data.read.DataFile;
import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeContext;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.data.recipe.RecipeRun;
import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Row;
import dev.temper.data.shape.Mapping;
import dev.temper.data.shape.Outcome;
import dev.temper.data.shape.Recognition;
import dev.temper.data.shape.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a file goes through on its way to a version, and how quickly large versions answer. */
@Command(name = "data", description = "A file on its way to a version: imports, steps of a recipe, answers at scale.")
public final class DataBenchmark implements Benchmark {
    private static final String USUAL = String.join(
            ",",
            step("normalise"),
            step("filter_empty"),
            step("filter_length"),
            step("filter_repetition"),
            step("personal_data"),
            step("secrets"),
            step("exact_duplicates"),
            step("near_duplicates"),
            step("split"));

    /** What to measure. */
    enum Case {
        /** Rows a second through the steps of a recipe, on one core. */
        STEPS,
        /** A file through a running platform to a version whose tokens are counted. */
        IMPORT,
        /** Answers of a running platform about a large version. */
        SCALE
    }

    @Option(
            names = "--case",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "IMPORT")
    private Case measured = Case.IMPORT;

    @Option(names = "--peer-python", description = "Measure LLaMA-Factory on the same file: a Python that has it.")
    private @Nullable Path python;

    @Option(names = "--peer-script", description = "What drives it, and writes a line of JSON.")
    private @Nullable Path script;

    @Option(names = "--megabytes", description = "How large a file to import (default: ${DEFAULT-VALUE}).")
    private int megabytes = 100;

    @Option(
            names = "--from",
            description = "Files of alpaca rows (JSON arrays) to take rows from; without, the sample data.")
    private List<Path> from = List.of();

    @Option(names = "--rows", description = "How many rows to make of them (default: ${DEFAULT-VALUE}).")
    private int rows = 50_000;

    @Override
    public Report call() throws IOException, InterruptedException {
        return switch (measured) {
            case STEPS -> steps();
            case IMPORT -> new ImportCase(new MadeRows(from), megabytes, python, script).measure();
            case SCALE -> new ScaleCase(new MadeRows(from), rows).measure();
        };
    }

    private Report steps() throws IOException {
        Path folder = Files.createTempDirectory("temper-bench");
        try {
            DataFile file = DataFile.of(file(folder), "rows.json");
            Mapping mapping = Recognition.of(file).mapping();
            var report = Report.of("data").under("rows", rows).under("megabytes", Files.size(file.path()) >> 20);
            // Once for the compiler, once for the figure.
            seconds(file, mapping, USUAL, folder.resolve("warm"));
            double reading = 0;
            for (Map.Entry<String, String> recipe : recipes().entrySet()) {
                double seconds = seconds(file, mapping, recipe.getValue(), folder.resolve(recipe.getKey()));
                reading = recipe.getValue().isEmpty() ? seconds : reading;
                report.figure(recipe.getKey(), rows / seconds, "rows/s");
                report.figure(recipe.getKey() + ", its own time", (seconds - reading) / rows * 1e6, "us/row");
            }
            return report.build();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private Path file(Path folder) throws IOException {
        Path file = folder.resolve("rows.json");
        new MadeRows(from).into(file, rows, Long.MAX_VALUE);
        return file;
    }

    private static Map<String, String> recipes() {
        Map<String, String> recipes = new LinkedHashMap<>();
        recipes.put("reading alone", "");
        Stream.of("normalise", "filter_repetition", "personal_data", "secrets", "exact_duplicates", "near_duplicates")
                .forEach(step -> recipes.put(step, step(step)));
        recipes.put("the usual recipe", USUAL);
        return recipes;
    }

    private static String step(String name) {
        return "{\"step\":\"" + name + "\"}";
    }

    private double seconds(DataFile file, Mapping mapping, String steps, Path folder) throws IOException {
        Recipe recipe = RecipeJson.read("{\"version\":1,\"steps\":[" + steps + "]}");
        Counted counted = new Counted();
        long start = System.nanoTime();
        try (Rows source = Rows.open(file, mapping, 0);
                RecipeRun run = recipe.start(RecipeContext.in(folder))) {
            for (Outcome outcome = source.next(); outcome != null; outcome = source.next()) {
                switch (outcome) {
                    case Outcome.Kept kept -> run.accept(kept.row(), counted);
                    case Outcome.Left left -> counted.leaveOut(left.leftOut());
                }
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (counted.rows != rows) {
            throw new IllegalStateException(counted.rows + " of " + rows + " rows came out");
        }
        return seconds;
    }

    private static final class Counted implements RecipeRun.Sink {
        private long rows;

        @Override
        public void keep(Row row) {
            rows++;
        }

        @Override
        public void leaveOut(LeftOut row) {
            rows++;
        }
    }
}
