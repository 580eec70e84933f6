package dev.temper.text.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.text.Conversation;
import dev.temper.text.Goldens;
import dev.temper.text.Message;
import dev.temper.text.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Ids and labels equal LLaMA-Factory's: every template, conversation, cutoff and mask. */
class TemplateGoldenTest {
    @TestFactory
    Stream<DynamicTest> everyTemplate() {
        return Goldens.files("templates").stream()
                .filter(file -> Goldens.read(file).has("cases"))
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file)));
    }

    private static EncodingOptions options(JsonNode golden) {
        return EncodingOptions.cutoff(2048)
                .withThinking(golden.path("enable_thinking").asBoolean(true))
                .withControlTokensInText(true);
    }

    private static TemplateEncoder encoder(JsonNode golden, EncodingOptions options) {
        Tokenizer tokenizer =
                Tokenizer.open(Goldens.folder().resolve(golden.path("tokenizer").stringValue("tokenizers/tiny-bpe")));
        return TemplateEncoder.of(ChatTemplates.require(golden.path("template").stringValue()), tokenizer, options);
    }

    private static void run(Path file) {
        JsonNode golden = Goldens.read(file);
        TemplateEncoder encoder = encoder(golden, options(golden));
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(encoder.stopIds()).containsExactly(Goldens.ints(golden.path("stop_token_ids")));
        softly.assertThat(encoder.tokenizer().eosId())
                .hasValue(golden.path("eos_token_id").intValue());
        softly.assertThat(encoder.tokenizer().padId())
                .hasValue(golden.path("pad_token_id").intValue());
        golden.path("cases")
                .properties()
                .forEach(e -> conversation(encoder, options(golden), e.getKey(), e.getValue(), softly));
        softly.assertAll();
    }

    private static void conversation(
            TemplateEncoder encoder, EncodingOptions base, String name, JsonNode golden, SoftAssertions softly) {
        Conversation conversation = conversation(golden.path("row"));
        Turn last = encoder.lastTurn(conversation);
        softly.assertThat(last.prompt())
                .as("%s one-turn prompt", name)
                .isEqualTo(Goldens.ints(golden.path("one_turn_prompt_ids")));
        softly.assertThat(last.response())
                .as("%s one-turn response", name)
                .isEqualTo(Goldens.ints(golden.path("one_turn_response_ids")));
        JsonNode results = golden.path("results");
        int[] first = Goldens.ints(results.get(0).path("input_ids"));
        for (JsonNode result : results) {
            EncodingOptions options = new EncodingOptions(
                    result.path("cutoff_len").intValue(),
                    result.path("mask_history").booleanValue(),
                    result.path("train_on_prompt").booleanValue(),
                    base.thinking(),
                    base.controlTokensInText());
            int[] ids = result.path("input_ids").isNull() ? first : Goldens.ints(result.path("input_ids"));
            Sample sample = encoder.sample(conversation, options);
            softly.assertThat(sample.ids()).as("%s ids under %s", name, options).isEqualTo(ids);
            softly.assertThat(sample.labels())
                    .as("%s labels under %s", name, options)
                    .isEqualTo(Goldens.labels(ids, result.path("loss_spans"), Sample.IGNORED));
            Sample.Cut cut = sample.cut();
            softly.assertThat(sample.length() + cut.promptTokens() + cut.responseTokens() + cut.turnTokens())
                    .as("%s: what is kept and what is counted as cut make the whole", name)
                    .isEqualTo(encoder.turns(conversation, options.maskHistory()).stream()
                            .mapToInt(Turn::length)
                            .sum());
        }
    }

    /** A row in LLaMA-Factory's alpaca form. */
    private static Conversation conversation(JsonNode row) {
        List<Message> messages = new ArrayList<>();
        for (JsonNode pair : row.path("history")) {
            messages.add(Message.user(pair.get(0).stringValue()));
            messages.add(Message.assistant(pair.get(1).stringValue()));
        }
        messages.add(Message.user(Stream.of("instruction", "input")
                .map(key -> row.path(key).stringValue())
                .filter(text -> !text.isEmpty())
                .reduce((a, b) -> a + "\n" + b)
                .orElse("")));
        messages.add(Message.assistant(row.path("output").stringValue()));
        return new Conversation(row.path("system").stringValue(), messages);
    }

    @TestFactory
    Stream<DynamicTest> pairsAndPacking() {
        return Goldens.files("templates").stream()
                .filter(file -> Goldens.read(file).has("packing"))
                .flatMap(file -> {
                    JsonNode golden = Goldens.read(file);
                    TemplateEncoder encoder = encoder(golden, options(golden));
                    return Stream.of(
                            DynamicTest.dynamicTest("pairs", () -> pairs(encoder, golden)),
                            DynamicTest.dynamicTest("packing", () -> packing(encoder, golden)));
                });
    }

    private static void pairs(TemplateEncoder encoder, JsonNode golden) {
        for (JsonNode pair : golden.path("pairs")) {
            PreferencePair encoded = encoder.pair(
                    Conversation.of(List.of(Message.user(pair.path("prompt").stringValue()))),
                    pair.path("chosen").stringValue(),
                    pair.path("rejected").stringValue(),
                    EncodingOptions.cutoff(pair.path("cutoff_len").intValue()));
            assertThat(encoded.chosen().ids()).isEqualTo(Goldens.ints(pair.path("chosen_input_ids")));
            assertThat(encoded.chosen().labels()).isEqualTo(Goldens.ints(pair.path("chosen_labels")));
            assertThat(encoded.rejected().ids()).isEqualTo(Goldens.ints(pair.path("rejected_input_ids")));
            assertThat(encoded.rejected().labels()).isEqualTo(Goldens.ints(pair.path("rejected_labels")));
        }
    }

    private static void packing(TemplateEncoder encoder, JsonNode golden) {
        JsonNode rows = Goldens.read(Goldens.folder()
                        .resolve("templates/" + golden.path("template").stringValue() + ".json"))
                .path("cases");
        for (JsonNode packing : golden.path("packing")) {
            int capacity = packing.path("cutoff_len").intValue();
            List<Sample> samples = Goldens.stream(golden.path("packing_order_of_conversations"))
                    .map(name -> conversation(rows.path(name.stringValue()).path("row")))
                    .map(row -> encoder.sample(row, EncodingOptions.cutoff(capacity)))
                    .toList();
            List<int[]> plan =
                    Packing.plan(samples.stream().mapToInt(Sample::length).toArray(), capacity);
            assertThat(plan).hasSize(packing.path("input_ids").size());
            for (int r = 0; r < plan.size(); r++) {
                List<Sample> inRow = new ArrayList<>();
                for (int index : plan.get(r)) {
                    inRow.add(samples.get(index));
                }
                PackedRow row = Packing.lay(
                        inRow,
                        capacity,
                        encoder.tokenizer().padId().orElseThrow(),
                        packing.path("neat_packing").booleanValue());
                assertThat(row.ids())
                        .isEqualTo(Goldens.ints(packing.path("input_ids").get(r)));
                assertThat(row.labels())
                        .isEqualTo(Goldens.ints(packing.path("labels").get(r)));
                assertThat(row.segments())
                        .isEqualTo(Goldens.ints(packing.path("attention_mask").get(r)));
                assertThat(row.positions())
                        .isEqualTo(Goldens.ints(packing.path("position_ids").get(r)));
            }
        }
    }
}
