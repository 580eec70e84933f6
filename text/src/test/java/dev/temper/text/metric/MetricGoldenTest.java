package dev.temper.text.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.temper.text.Goldens;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Scores equal those of LLaMA-Factory, rouge_score, sacreBLEU, SQuAD's script and scikit-learn. */
class MetricGoldenTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final Map<String, BleuTokens> TOKENS =
            Map.of("13a", BleuTokens.THIRTEEN_A, "zh", BleuTokens.CHINESE, "char", BleuTokens.CHARACTERS);

    private static JsonNode golden(String name) {
        return Goldens.read(Goldens.folder().resolve("metrics/" + name));
    }

    private static List<String> texts(JsonNode array) {
        return Goldens.stream(array).map(JsonNode::asString).toList();
    }

    @Test
    void pairs() {
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode pair : golden("text.json").path("pairs")) {
            String prediction = pair.path("prediction").stringValue();
            String reference = pair.path("reference").stringValue();
            JsonNode own = pair.path("llamafactory");
            Rouge rouge = Rouge.ofWords(texts(own.path("jieba_prediction")), texts(own.path("jieba_reference")));
            JsonNode chinese = own.path("rouge_chinese");
            near(softly, rouge.one().f(), chinese.path("rouge-1").path("f"));
            near(softly, rouge.two().f(), chinese.path("rouge-2").path("f"));
            near(softly, rouge.longest().f(), chinese.path("rouge-l").path("f"));
            softly.assertThat(Math.round(CharacterBleu.of(prediction, reference) * 1e6) / 1e4)
                    .as("bleu-4 of " + prediction)
                    .isEqualTo(own.path("bleu-4").doubleValue());
            Rouge google = Rouge.ofText(prediction, reference);
            JsonNode plain = pair.path("google_rouge").path("plain");
            near(softly, google.one().f(), plain.path("rouge1").path("fmeasure"));
            near(softly, google.two().f(), plain.path("rouge2").path("fmeasure"));
            near(softly, google.longest().f(), plain.path("rougeL").path("fmeasure"));
            pair.path("sacrebleu_sentence")
                    .properties()
                    .forEach(e -> near(
                            softly,
                            Bleu.ofSentence(prediction, reference, tokens(e.getKey()))
                                    .score(),
                            e.getValue()));
            near(softly, ChrF.ofSentence(prediction, reference), pair.path("chrf_sentence"));
            near(softly, prediction.equals(reference) ? 1 : 0, pair.path("exact_match"));
            near(softly, Answers.match(prediction, reference) ? 1 : 0, pair.path("squad_exact_match"));
            near(softly, Answers.f1(prediction, reference), pair.path("squad_f1"));
        }
        softly.assertAll();
    }

    private static BleuTokens tokens(String name) {
        return Objects.requireNonNull(TOKENS.get(name), name);
    }

    private static void near(SoftAssertions softly, double actual, JsonNode expected) {
        softly.assertThat(actual).isCloseTo(expected.doubleValue(), EXACT);
    }

    @Test
    void corpora() {
        JsonNode golden = golden("text.json");
        golden.path("corpus").properties().forEach(corpus -> {
            List<JsonNode> pairs = Goldens.stream(golden.path("pairs"))
                    .filter(pair -> corpus.getKey().equals("all")
                            || pair.path("language").stringValue().equals(corpus.getKey()))
                    .toList();
            List<String> predictions =
                    pairs.stream().map(p -> p.path("prediction").stringValue()).toList();
            List<String> references =
                    pairs.stream().map(p -> p.path("reference").stringValue()).toList();
            assertThat(ChrF.ofCorpus(predictions, references))
                    .isCloseTo(corpus.getValue().path("chrf").doubleValue(), EXACT);
            TOKENS.forEach((name, tokens) -> {
                JsonNode expected = corpus.getValue().path("bleu_" + name);
                Bleu bleu = Bleu.ofCorpus(predictions, references, tokens);
                assertThat(bleu.score()).isCloseTo(expected.path("score").doubleValue(), EXACT);
                assertThat(bleu.brevity()).isCloseTo(expected.path("bp").doubleValue(), EXACT);
                assertThat(bleu.predictedLength())
                        .isEqualTo(expected.path("sys_len").longValue());
            });
        });
    }

    @Test
    void labels() {
        golden("labels.json").properties().forEach(e -> {
            JsonNode expected = e.getValue();
            LabelReport report = LabelReport.of(texts(expected.path("truth")), texts(expected.path("predicted")));
            assertThat(report.accuracy()).isCloseTo(expected.path("accuracy").doubleValue(), EXACT);
            means(report.macro(), expected.path("macro"));
            means(report.weighted(), expected.path("weighted"));
            assertThat(report.classes().values().stream().map(LabelReport.Scores::support))
                    .containsExactlyElementsOf(
                            Goldens.stream(expected.path("per_class").path("support"))
                                    .map(JsonNode::intValue)
                                    .toList());
            assertThat(report.confusion().values().stream()
                            .map(row -> List.copyOf(row.values()))
                            .toList())
                    .isEqualTo(Goldens.stream(expected.path("confusion_rows_are_truth"))
                            .map(row ->
                                    Goldens.stream(row).map(JsonNode::intValue).toList())
                            .toList());
        });
    }

    private static void means(LabelReport.Scores actual, JsonNode expected) {
        assertThat(actual.precision()).isCloseTo(expected.path("precision").doubleValue(), EXACT);
        assertThat(actual.recall()).isCloseTo(expected.path("recall").doubleValue(), EXACT);
        assertThat(actual.f1()).isCloseTo(expected.path("f1").doubleValue(), EXACT);
    }
}
