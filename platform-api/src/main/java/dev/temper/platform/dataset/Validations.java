package dev.temper.platform.dataset;

import dev.temper.data.learn.RowEncoder;
import dev.temper.data.learn.TokenTally;
import dev.temper.data.read.DataFile;
import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeContext;
import dev.temper.data.recipe.RecipeRun;
import dev.temper.data.recipe.StepReport;
import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Place;
import dev.temper.data.row.Row;
import dev.temper.data.shape.Mapping;
import dev.temper.data.shape.MappingJson;
import dev.temper.data.shape.Outcome;
import dev.temper.data.shape.Proposal;
import dev.temper.data.shape.Recognition;
import dev.temper.data.shape.Rows;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.util.FileSystemUtils;

/** Says what bringing a file in would make of it, and keeps nothing. */
@Service
public class Validations {
    private static final int LEFT_OUT_SHOWN = 100;
    private static final int SAMPLE = 10;

    private final Blobs blobs;
    private final Tokenizers tokenizers;

    Validations(Blobs blobs, Tokenizers tokenizers) {
        this.blobs = blobs;
        this.tokenizers = tokenizers;
    }

    /** Puts the file's bytes where they are asked for. */
    @FunctionalInterface
    public interface Content {
        void into(Path file) throws IOException;
    }

    /**
     * A file to look at.
     *
     * @param mapping which columns are what; null for the likeliest
     * @param model whose tokens to count; null for none
     * @param template null for the model's likeliest
     */
    public record Wanted(
            String fileName,
            Content content,
            @Nullable Mapping mapping,
            Recipe recipe,
            @Nullable String model,
            @Nullable String template,
            int cutoff) {}

    /** Reads the whole file. A file that can't be read is refused with what is wrong, and where. */
    public Validation validate(Wanted wanted) {
        Caller.current().require(Permission.WRITE);
        Path staging = blobs.folder().resolve("staging");
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(staging), "validation-");
            try {
                Path file = folder.resolve("file");
                wanted.content().into(file);
                String name = DatasetInput.fileName("/file", wanted.fileName());
                return look(wanted, DataFile.of(file, name).with(folder), folder);
            } finally {
                FileSystemUtils.deleteRecursively(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Validation look(Wanted wanted, DataFile file, Path folder) throws IOException {
        Counting counting = wanted.model() == null ? null : counting(wanted.model(), wanted);
        Proposal proposal = wanted.mapping() == null
                ? Recognition.of(file)
                : new Proposal(
                        wanted.mapping(),
                        1,
                        Proposal.Why.SHAPE_KNOWN,
                        Recognition.of(file).columns());
        var seen = new Seen(counting);
        long in = 0;
        try (Rows rows = Rows.open(file, proposal.mapping(), 0);
                RecipeRun steps = wanted.recipe().start(new RecipeContext(folder, tokenizers::find))) {
            for (Outcome outcome = rows.next(); outcome != null; outcome = rows.next()) {
                in++;
                switch (outcome) {
                    case Outcome.Kept kept -> steps.accept(kept.row(), seen);
                    case Outcome.Left left -> seen.leaveOut(left.leftOut());
                }
            }
            long added = steps.reports().stream().mapToLong(StepReport::added).sum();
            return seen.validation(rows.detected().format().id(), in, added, proposal);
        }
    }

    private Counting counting(String model, Wanted wanted) {
        var tokenizer = tokenizers.find(model);
        String template =
                wanted.template() == null ? RowEncoder.templates(tokenizer).getFirst() : wanted.template();
        return new Counting(model, template, RowEncoder.of(tokenizer, template), new TokenTally(wanted.cutoff()));
    }

    private record Counting(String model, String template, RowEncoder encoder, TokenTally tally) {}

    /** What came out so far. */
    private static final class Seen implements RecipeRun.Sink {
        private final @Nullable Counting counting;
        private final Map<String, Long> kinds = new TreeMap<>();
        private final Map<String, Long> reasons = new TreeMap<>();
        private final List<Validation.Left> left = new ArrayList<>();
        private final List<NumberedRow> sample = new ArrayList<>();
        private long kept;

        Seen(@Nullable Counting counting) {
            this.counting = counting;
        }

        @Override
        public void keep(Row row) {
            kept++;
            kinds.merge(row.kind().id(), 1L, Long::sum);
            if (sample.size() < SAMPLE) {
                sample.add(new NumberedRow(kept, RowColumns.characters(row), row));
            }
            if (counting != null) {
                counting.tally().add(counting.encoder().encode(row));
            }
        }

        @Override
        public void leaveOut(LeftOut row) {
            reasons.merge(row.code(), 1L, Long::sum);
            if (left.size() < LEFT_OUT_SHOWN) {
                Place place = row.place();
                left.add(new Validation.Left(
                        new Validation.Where(place.file(), place.within(), place.line(), place.column()),
                        row.code(),
                        Reasons.sentence(row)));
            }
        }

        Validation validation(String format, long in, long added, Proposal proposal) {
            String kind = kinds.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .orElse(null);
            return new Validation(
                    format,
                    kind,
                    in,
                    added,
                    kept,
                    reasons,
                    left,
                    new Validation.Proposed(
                            MappingJson.write(proposal.mapping()),
                            proposal.confidence(),
                            proposal.isCertain(),
                            proposal.columns()),
                    sample,
                    counting == null
                            ? null
                            : new Validation.Tokens(
                                    counting.model(),
                                    counting.template(),
                                    counting.tally().statistics()));
        }
    }
}
