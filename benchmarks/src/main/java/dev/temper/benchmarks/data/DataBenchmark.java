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
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Rows a second on one core, from a file of alpaca rows through one step and through all of a usual recipe. */
@Command(name = "data", description = "Rows a second from an alpaca file through the steps of a recipe, on one core.")
public final class DataBenchmark implements Benchmark {
    private static final JsonMapper JSON = JsonMapper.shared();
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

    @Option(names = "--from", required = true, description = "Files of alpaca rows (JSON arrays) to take rows from.")
    private List<Path> from = List.of();

    @Option(names = "--rows", description = "How many rows to make of them (default: ${DEFAULT-VALUE}).")
    private int rows = 50_000;

    @Override
    public Report call() throws IOException {
        Path folder = Files.createTempDirectory("temper-bench");
        try {
            DataFile file = DataFile.of(made(folder.resolve("rows.json")), "rows.json");
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

    /** The rows over and over, each time in another order of their characters, so that none is like an earlier one. */
    private Path made(Path file) throws IOException {
        List<JsonNode> originals = from.stream()
                .flatMap(path -> JSON.readTree(path.toFile()).valueStream())
                .toList();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < rows; i++) {
                ObjectNode row =
                        (ObjectNode) originals.get(i % originals.size()).deepCopy();
                if (i >= originals.size()) {
                    row.put("instruction", shuffled(row.path("instruction").asString(""), i));
                    row.put("output", shuffled(row.path("output").asString(""), i));
                }
                out.append(i == 0 ? "[" : ",\n").append(JSON.writeValueAsString(row));
            }
            out.append("]\n");
        }
        return file;
    }

    /** Four characters stay together: what makes a text slow or quick to look through stays as it was. */
    private static String shuffled(String text, int seed) {
        List<String> pieces = new ArrayList<>();
        int[] characters = text.codePoints().toArray();
        for (int i = 0; i < characters.length; i += 4) {
            pieces.add(new String(characters, i, Math.min(4, characters.length - i)));
        }
        Collections.shuffle(pieces, new Random(seed));
        return String.join("", pieces);
    }
}
