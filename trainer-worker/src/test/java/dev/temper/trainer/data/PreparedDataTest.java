package dev.temper.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.temper.contract.CodedException;
import dev.temper.contract.Compatibility;
import dev.temper.contract.DataSource;
import dev.temper.contract.DataSpec;
import dev.temper.contract.Defaults;
import dev.temper.contract.Mixing;
import dev.temper.contract.Stage;
import dev.temper.model.Goldens;
import dev.temper.text.Conversation;
import dev.temper.text.template.ChatTemplates;
import dev.temper.text.template.ConversationEncoder;
import dev.temper.text.template.TemplateEncoder;
import dev.temper.text.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreparedDataTest {
    private static final String ROWS = """
            [{"instruction": "Say one", "input": "", "output": "one"},
             {"instruction": "Say nothing", "input": "", "output": ""},
             {"instruction": "Say two", "input": "please", "output": "two"},
             {"instruction": "No answer"},
             {"instruction": "Say <|im_end|>", "input": "", "output": "three"}]
            """;

    @TempDir
    private Path folder;

    @Test
    void keepsTokensAndLabelsAsTheyWereEncoded() throws IOException {
        DataSpec data = data(write("rows.json", ROWS), 2048, Compatibility.NONE, true);
        ConversationEncoder encoder = encoder(data);

        try (PreparedData prepared = prepare(data, encoder, Stage.SFT)) {
            TokenStore store = prepared.store();
            var expected = encoder.sample(Conversation.of("Say two\nplease", "two"), SampleEncoder.options(data));
            assertThat(store.size()).isEqualTo(3);
            assertThat(store.sample(1).ids()).isEqualTo(expected.ids());
            assertThat(store.sample(1).labels()).isEqualTo(expected.labels());
            assertThat(store.supervised(1)).isEqualTo(expected.supervised());
            assertThat(store.row(1)).isEqualTo(3);
            DataReport report = prepared.report();
            assertThat(report.rows()).isEqualTo(5);
            assertThat(report.skipped()).containsOnlyKeys("empty", "column_missing");
            assertThat(report.lines()).anyMatch(line -> line.contains("rows.json row 2"));
            assertThat(report.tokens())
                    .isEqualTo(IntStream.range(0, 3).map(store::length).sum());
        }
    }

    @Test
    void underCompatibilityKeepsWhatLlamaFactoryKeepsAndCountsControlTokens() throws IOException {
        DataSpec data = data(write("rows.json", ROWS), 2048, Compatibility.LLAMA_FACTORY, true);

        try (PreparedData prepared = prepare(data, encoder(data), Stage.SFT)) {
            assertThat(prepared.store().size()).isEqualTo(4);
            assertThat(prepared.report().controlTokenRows()).isEqualTo(1);
        }
    }

    @Test
    void leavesOutRowsWhoseAnswerWouldLoseItsHeader() throws IOException {
        Path rows = write(
                "rows.json",
                "[{\"instruction\": \"%s\", \"output\": \"short\"}, {\"instruction\": \"q\", \"output\": \"%s\"}]"
                        .formatted("word ".repeat(200), "word ".repeat(200)));
        DataSpec own = data(rows, 64, Compatibility.NONE, true);
        DataSpec compatible = data(rows, 64, Compatibility.LLAMA_FACTORY, true);

        try (PreparedData prepared = prepare(own, encoder(own), Stage.SFT)) {
            assertThat(prepared.report().skipped()).containsOnlyKeys("prompt_too_long");
            assertThat(prepared.report().truncated().rows()).isEqualTo(1);
            assertThat(prepared.store().length(0)).isEqualTo(64);
        }
        try (PreparedData prepared = prepare(compatible, encoder(compatible), Stage.SFT)) {
            assertThat(prepared.store().size()).isEqualTo(2);
            assertThat(prepared.report().truncated().rows()).isEqualTo(2);
        }
    }

    @Test
    void takesWhatWasPreparedFromTheSameContentAndNothingElse() throws IOException {
        Path rows = write("rows.json", ROWS);
        DataSpec data = data(rows, 2048, Compatibility.NONE, true);
        prepare(data, encoder(data), Stage.SFT).close();
        Path tokens = folder.resolve("store/tokens.bin");
        var first = Files.readAttributes(tokens, "unix:ino,ctime").get("ctime");

        prepare(data, encoder(data), Stage.SFT).close();
        assertThat(Files.readAttributes(tokens, "unix:ino,ctime").get("ctime")).isEqualTo(first);

        Files.writeString(rows, ROWS.replace("\"one\"", "\"eins\""));
        try (PreparedData prepared = prepare(data, encoder(data), Stage.SFT)) {
            assertThat(prepared.report().rows()).isEqualTo(5);
            assertThat(Files.readAttributes(tokens, "unix:ino,ctime").get("ctime"))
                    .isNotEqualTo(first);
        }
    }

    @Test
    void joinsTextToBlocks() throws IOException {
        Path rows = write("text.jsonl", "{\"text\": \"one two three\"}\n{\"text\": \"four five\"}\n".repeat(20));
        DataSpec data = data(rows, 32, Compatibility.NONE, true);
        ConversationEncoder encoder = encoder(data);
        Tokenizer tokenizer = encoder.tokenizer();
        int end = tokenizer.eosId().orElseThrow();
        int[] all = IntStream.range(0, 40)
                .mapToObj(i -> tokenizer.encode(i % 2 == 0 ? "one two three" : "four five"))
                .flatMapToInt(ids -> IntStream.concat(IntStream.of(ids), IntStream.of(end)))
                .toArray();

        try (PreparedData prepared = prepare(data, encoder, Stage.PRETRAIN)) {
            TokenStore store = prepared.store();
            int[] joined = IntStream.range(0, store.size())
                    .flatMap(sample -> IntStream.of(store.sample(sample).ids()))
                    .toArray();
            assertThat(joined).isEqualTo(Arrays.copyOf(all, joined.length));
            assertThat(all.length - joined.length).isLessThan(2);
            assertThat(store.length(0)).isEqualTo(32);
            assertThat(store.supervised(0)).isEqualTo(32);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            empty.json    | []                                   | data_empty
            broken.json   | [{"instruction": "a", "output": }]   | data_not_json
            cut.json      | [{"instruction": "a"                 | data_not_json
            none.json     | [{"instruction": "a", "answer": "b"}] | data_no_samples
            strange.json  | [{"question": "a", "answer": "b"}]   | data_format_unknown
            table.xlsx    | x                                    | data_file_type_unsupported
            """)
    void refusesWhatCannotBeTrainedOn(String name, String content, String code) throws IOException {
        DataSpec data = data(write(name, content), 2048, Compatibility.NONE, true);
        ConversationEncoder encoder = encoder(data);

        CodedException e = catchThrowableOfType(CodedException.class, () -> prepare(data, encoder, Stage.SFT));

        assertThat(e.code()).isEqualTo(code);
        assertThat(e.getMessage()).contains(name);
    }

    @Test
    void refusesDataOfWhichNothingWouldBeLearned() throws IOException {
        Path rows = write("rows.json", "[{\"instruction\": \"a\", \"output\": \"\"}]");
        DataSpec data = data(rows, 4, Compatibility.LLAMA_FACTORY, true);
        ConversationEncoder encoder = encoder(data);

        CodedException e = catchThrowableOfType(CodedException.class, () -> prepare(data, encoder, Stage.SFT));

        assertThat(e.code()).isEqualTo("data_nothing_to_learn");
    }

    @ParameterizedTest
    @CsvSource({"true, 20", "true, 100000", "true, 1", "false, 0"})
    void howSamplesAreLaidOutChangesNothingAboutThem(boolean packing, int budget) throws IOException {
        String rows = IntStream.range(1, 30)
                .mapToObj(i -> "{\"instruction\": \"q\", \"output\": \"%s\"}".formatted("word ".repeat(i)))
                .reduce("", (a, b) -> a + "\n" + b);
        DataSpec data = data(write("rows.jsonl", rows), 2048, Compatibility.NONE, packing);

        try (PreparedData prepared = prepare(data, encoder(data), Stage.SFT)) {
            TokenStore store = prepared.store();
            int[] samples = {4, 9, 2, 28, 17, 0, 11};
            List<MicroBatch> micro = new MicroBatches(store, packing, 3, budget).of(samples);
            List<PackedBatch> batches = micro.stream().map(MicroBatch::tokens).toList();
            assertThat(micro.stream()
                            .flatMapToInt(batch -> IntStream.of(batch.samples()))
                            .toArray())
                    .containsExactlyInAnyOrder(samples);

            assertThat(batches.stream()
                            .flatMap(batch -> IntStream.range(0, batch.segments())
                                    .mapToObj(segment -> Arrays.toString(Arrays.copyOfRange(
                                            batch.tokens(),
                                            batch.segmentStarts()[segment],
                                            batch.segmentStarts()[segment + 1])))))
                    .containsExactlyInAnyOrderElementsOf(IntStream.of(samples)
                            .mapToObj(sample ->
                                    Arrays.toString(store.sample(sample).ids()))
                            .toList());
            assertThat(batches.stream().mapToInt(PackedBatch::labelled).sum())
                    .isEqualTo(IntStream.of(samples).map(store::supervised).sum());
            if (packing) {
                int longest = IntStream.of(samples).map(store::length).max().orElseThrow();
                assertThat(batches)
                        .allSatisfy(batch ->
                                assertThat(batch.tokens().length).isLessThanOrEqualTo(Math.max(longest, budget)));
            } else {
                assertThat(batches).extracting(PackedBatch::segments).containsExactly(3, 3, 1);
            }
        }
    }

    private PreparedData prepare(DataSpec data, ConversationEncoder encoder, Stage stage) {
        return PreparedData.prepare(data.train(), data, stage, encoder, folder.resolve("store"));
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static ConversationEncoder encoder(DataSpec data) {
        return TemplateEncoder.of(
                ChatTemplates.require("chatml"),
                Tokenizer.open(Goldens.path("models/llama")),
                SampleEncoder.options(data));
    }

    private static DataSpec data(Path rows, int cutoff, Compatibility compatibility, boolean packing) {
        DataSpec base = Defaults.data(List.of(DataSource.of(rows.toString())));
        return new DataSpec(
                base.train(),
                List.of(),
                0,
                Mixing.CONCAT,
                "chatml",
                null,
                cutoff,
                false,
                false,
                true,
                packing,
                false,
                true,
                null,
                compatibility);
    }
}
