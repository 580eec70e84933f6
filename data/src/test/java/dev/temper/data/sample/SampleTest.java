package dev.temper.data.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.data.read.DataFile;
import dev.temper.data.recipe.RecipeContext;
import dev.temper.data.recipe.RecipeRun;
import dev.temper.data.recipe.Trial;
import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Row;
import dev.temper.data.row.RowKind;
import dev.temper.data.row.RowText;
import dev.temper.data.shape.Outcome;
import dev.temper.data.shape.Proposal;
import dev.temper.data.shape.Recognition;
import dev.temper.data.shape.Rows;
import dev.temper.data.shape.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SampleTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "CUSTOMER_SERVICE, ALPACA, 287, CONVERSATION",
        "QUESTION_BANK, QUESTION_BANK, 30, CONVERSATION",
        "EXAM_PAPER, EXAM_TEXT, 30, CONVERSATION",
        "SUPPORT_LOG, COLUMNS, 20, CONVERSATION",
        "PREFERENCES, ALPACA, 30, PREFERENCE",
    })
    void isRecognisedByItself(Sample sample, Shape shape, int rows, RowKind kind) throws IOException {
        Read read = read(sample);

        assertThat(read.proposal().mapping().shape()).isEqualTo(shape);
        assertThat(read.rows())
                .hasSize(rows)
                .allSatisfy(row -> assertThat(row.kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameEveryTime(Sample sample) throws IOException {
        try (InputStream one = sample.open();
                InputStream other = sample.open()) {
            assertThat(one).hasSameContentAs(other);
        }
    }

    @Test
    void goodSamplesLoseNothingToTheStepsThatLookForFaults() throws IOException {
        for (Sample sample : List.of(Sample.CUSTOMER_SERVICE, Sample.QUESTION_BANK, Sample.PREFERENCES)) {
            Trial trial = Trial.run(
                    folder.resolve(sample.id()),
                    read(sample).rows(),
                    "{'step':'normalise'}",
                    "{'step':'filter_empty'}",
                    "{'step':'filter_repetition'}",
                    "{'step':'personal_data','action':'leave_out'}",
                    "{'step':'secrets','action':'leave_out'}",
                    "{'step':'exact_duplicates'}",
                    "{'step':'near_duplicates'}");

            assertThat(trial.leftOut()).as(sample.id()).isEmpty();
        }
    }

    @Test
    void theMessyLogShowsWhatCleaningFinds() throws IOException {
        Read read = read(Sample.SUPPORT_LOG);
        Trial.Collected sink = new Trial.Collected();
        try (RecipeRun run = Sample.cleaning().start(RecipeContext.in(folder))) {
            read.rows().forEach(row -> run.accept(row, sink));
        }

        assertThat(read.leftOut()).isNotEmpty();
        assertThat(sink.leftOut)
                .extracting(LeftOut::code)
                .contains("answer_empty", "answer_repetitive", "secret_found", "exact_duplicate", "near_duplicate");
        assertThat(sink.kept)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(RowText.all(row))
                        .doesNotContain("13800001234", "test.user", "文三路", "王小明", "\uFF19"));
    }

    private record Read(Proposal proposal, List<Row> rows, List<LeftOut> leftOut) {}

    private Read read(Sample sample) throws IOException {
        Path file = Files.createDirectories(folder.resolve("files")).resolve(sample.fileName());
        try (InputStream in = sample.open()) {
            Files.write(file, in.readAllBytes());
        }
        DataFile data = DataFile.of(file, sample.fileName());
        Proposal proposal = Recognition.of(data);
        List<Row> kept = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        try (Rows rows = Rows.open(data, proposal.mapping(), 0)) {
            for (Outcome outcome = rows.next(); outcome != null; outcome = rows.next()) {
                switch (outcome) {
                    case Outcome.Kept row -> kept.add(row.row());
                    case Outcome.Left row -> leftOut.add(row.leftOut());
                }
            }
        }
        return new Read(proposal, kept, leftOut);
    }
}
