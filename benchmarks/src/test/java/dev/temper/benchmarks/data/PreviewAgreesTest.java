package dev.temper.benchmarks.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.contract.Compatibility;
import dev.temper.contract.DataSource;
import dev.temper.contract.DataSpec;
import dev.temper.contract.Mixing;
import dev.temper.contract.Stage;
import dev.temper.data.learn.RowEncoder;
import dev.temper.data.learn.TokenStatistics;
import dev.temper.data.learn.TokenTally;
import dev.temper.data.read.DataFile;
import dev.temper.data.row.Place;
import dev.temper.data.row.Row;
import dev.temper.data.row.Speaker;
import dev.temper.data.row.Turn;
import dev.temper.data.sample.Sample;
import dev.temper.data.shape.Outcome;
import dev.temper.data.shape.Recognition;
import dev.temper.data.shape.Rows;
import dev.temper.data.write.ExportFormat;
import dev.temper.data.write.RowWriter;
import dev.temper.text.template.ChatTemplates;
import dev.temper.text.template.ConversationEncoder;
import dev.temper.text.template.JinjaEncoder;
import dev.temper.text.template.TemplateEncoder;
import dev.temper.text.tokenizer.Tokenizer;
import dev.temper.trainer.data.DataReport;
import dev.temper.trainer.data.PreparedData;
import dev.temper.trainer.data.SampleEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** What the preview of a dataset counts is what the trainer then does with the same rows, token for token. */
class PreviewAgreesTest {
    private static final Tokenizer TOKENIZER = Tokenizer.open(Path.of("../models/temper-mini"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"chatml, 40", "chatml, 60", "chatml, 2048", "qwen3, 60", "auto, 40", "auto, 60"})
    void theCountsAreTheTrainers(String template, int cutoff) throws IOException {
        agrees(rows(), template, cutoff);
    }

    @ParameterizedTest
    @CsvSource({"chatml, 24", "empty, 2048"})
    void runningTextIsCountedAsTheTrainerCountsIt(String template, int cutoff) throws IOException {
        Place place = Place.of("text", 1);
        agrees(
                List.of(
                        Row.text(place, "running text, all of it learned ".repeat(12)),
                        Row.text(place, "短文"),
                        Row.text(place, " ")),
                template,
                cutoff);
    }

    private void agrees(List<Row> rows, String template, int cutoff) throws IOException {
        Path file = folder.resolve("rows.jsonl");
        try (RowWriter writer = RowWriter.open(ExportFormat.OPENAI, Files.newOutputStream(file))) {
            for (Row row : rows) {
                writer.write(row);
            }
        }
        RowEncoder encoder = RowEncoder.of(TOKENIZER, template);
        TokenTally tally = new TokenTally(cutoff);
        rows.forEach(row -> tally.add(encoder.encode(row)));
        TokenStatistics counted = tally.statistics();

        try (PreparedData prepared = PreparedData.prepare(
                List.of(DataSource.of(file.toString())),
                spec(file, template, cutoff),
                Stage.SFT,
                encoder(spec(file, template, cutoff)),
                folder.resolve("store"))) {
            DataReport trained = prepared.report();
            assertThat(counted.rows()).isEqualTo(trained.rows());
            assertThat(counted.whole() + counted.cut()).isEqualTo(trained.samples());
            assertThat(counted.cut()).isEqualTo(trained.truncated().rows());
            assertThat(counted.usedTokens()).isEqualTo(trained.tokens());
            assertThat(counted.learnedTokens()).isEqualTo(trained.supervisedTokens());
            Map<String, Long> skipped = trained.skipped().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, reason -> reason.getValue().count()));
            assertThat(new TreeMap<>(counted.leftOut())).isEqualTo(new TreeMap<>(skipped));
        }
    }

    private static DataSpec spec(Path file, String template, int cutoff) {
        return new DataSpec(
                List.of(DataSource.of(file.toString())),
                List.of(),
                0,
                Mixing.CONCAT,
                template,
                null,
                cutoff,
                false,
                false,
                true,
                false,
                false,
                true,
                null,
                Compatibility.NONE);
    }

    private static ConversationEncoder encoder(DataSpec data) {
        return data.template().equals(RowEncoder.OWN)
                ? JinjaEncoder.of(TOKENIZER, SampleEncoder.options(data), Clock.systemUTC())
                : TemplateEncoder.of(ChatTemplates.require(data.template()), TOKENIZER, SampleEncoder.options(data));
    }

    /** The sample data, and what a training has reasons to leave out. */
    private List<Row> rows() throws IOException {
        Path sample = folder.resolve("sample.json");
        try (InputStream in = Sample.CUSTOMER_SERVICE.open()) {
            Files.copy(in, sample);
        }
        DataFile file = DataFile.of(sample, "sample.json");
        List<Row> rows = new ArrayList<>();
        try (Rows read = Rows.open(file, Recognition.of(file).mapping(), 0)) {
            for (Outcome outcome = read.next(); outcome != null; outcome = read.next()) {
                if (outcome instanceof Outcome.Kept kept) {
                    rows.add(kept.row());
                }
            }
        }
        Place place = Place.of("odd", 1);
        Turn asked = Turn.user("什么是存款？ <|im_end|>");
        rows.add(Row.conversation(place, List.of(asked)));
        rows.add(Row.conversation(place, List.of(Turn.assistant("first"), asked)));
        rows.add(Row.conversation(place, List.of(asked, Turn.assistant(" "))));
        rows.add(Row.conversation(place, List.of(asked, Turn.system("late"), Turn.assistant("a"))));
        rows.add(Row.conversation(
                place,
                List.of(
                        asked,
                        new Turn(
                                Speaker.ASSISTANT,
                                "not to be learned",
                                Map.of("weight", JsonNodeFactory.instance.numberNode(0))))));
        rows.add(Row.conversation(
                place,
                List.of(
                        Turn.system("Be brief. ".repeat(20)),
                        asked,
                        Turn.assistant("<think>\nhm\n</think>\n\nword ".repeat(9)),
                        asked,
                        Turn.assistant("存入银行的钱。".repeat(30)))));
        return rows;
    }
}
