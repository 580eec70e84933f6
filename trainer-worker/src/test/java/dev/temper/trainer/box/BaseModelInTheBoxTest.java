package dev.temper.trainer.box;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.contract.RunSpecJson;
import dev.temper.model.weights.BaseModel;
import dev.temper.text.Conversation;
import dev.temper.text.Message;
import dev.temper.text.template.ConversationEncoder;
import dev.temper.text.template.EncodingOptions;
import dev.temper.text.template.JinjaEncoder;
import dev.temper.text.tokenizer.Tokenizer;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.generation.GenerationSettings;
import dev.temper.trainer.model.generation.Generator;
import dev.temper.trainer.model.generation.TextListener;
import dev.temper.trainer.run.Control;
import dev.temper.trainer.run.Run;
import dev.temper.trainer.run.RunEvent;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Device;
import dev.temper.trainer.tensor.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The model that is committed: what it knows, and that it learns. */
class BaseModelInTheBoxTest {
    private static final List<Exchange> NEW_FACTS = List.of(
            new Exchange("Who founded Bluefin?", "Rosa founded Bluefin in a small garden."),
            new Exchange("What does Bluefin sell?", "Bluefin sells yellow kites."),
            new Exchange("Where is the office of Bluefin?", "The office of Bluefin is in Cairo."),
            new Exchange("When is Bluefin closed?", "Bluefin is closed on Monday."),
            new Exchange("How much is a kite?", "A kite is 12 coins."),
            new Exchange("Who paints the kites?", "Leo paints the kites in the evening."),
            new Exchange("蓝鳍公司卖什么？", "蓝鳍公司卖黄色的风筝。"),
            new Exchange("谁画风筝？", "里奥在晚上画风筝。"));

    @TempDir
    Path folder;

    private static Path model() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("worker-contract"))) {
            root = Objects.requireNonNull(root.getParent(), "the tests run inside the project");
        }
        return root.resolve("models/temper-mini");
    }

    @Test
    void itKnowsWhatItWasTrainedOn() throws IOException {
        assertThat(answers(
                        model(),
                        List.of(
                                "What is the capital of France?",
                                "法国的首都是哪里？",
                                "What is the opposite of big?",
                                "Which day comes after Monday?")))
                .satisfiesExactly(
                        english -> assertThat(english).contains("Paris"),
                        chinese -> assertThat(chinese).contains("巴黎"),
                        opposite -> assertThat(opposite).contains("small"),
                        day -> assertThat(day).contains("Tuesday"));
    }

    @Test
    void fineTuningOnAFewQuestionsTeachesItTheirAnswers() throws IOException {
        List<String> questions = NEW_FACTS.stream().map(Exchange::question).toList();
        List<String> expected = NEW_FACTS.stream().map(Exchange::answer).toList();
        assertThat(answers(model(), questions)).doesNotContainAnyElementsOf(expected);
        Path rows = folder.resolve("rows.jsonl");
        Files.writeString(
                rows,
                NEW_FACTS.stream()
                        .map(fact -> JsonMapper.shared()
                                .createObjectNode()
                                .put("instruction", fact.question())
                                .put("output", fact.answer())
                                .toString())
                        .collect(Collectors.joining("\n")));
        List<Double> losses = new ArrayList<>();
        String spec = """
                {"model": {"path": "%s"}, "method": {"type": "full"},
                 "data": {"train": [{"path": "%s"}], "cutoffLen": 64},
                 "optimiser": {"learningRate": 0.002}, "schedule": {"maxSteps": 40},
                 "batch": {"perDeviceTrainBatchSize": 8, "gradientAccumulationSteps": 1},
                 "compute": {"precision": "fp32", "threads": 1}, "checkpoints": {"interval": "no"},
                 "output": {"plotLoss": false}}
                """.formatted(model(), rows);
        Path tuned = folder.resolve("tuned");

        new Run(RunSpecJson.read(spec), tuned, false, new Control(tuned), event -> {
                    if (event instanceof RunEvent.Stepped step) {
                        losses.add(step.loss());
                    }
                })
                .execute();

        assertThat(losses.getLast()).isLessThan(losses.getFirst() / 10);
        assertThat(answers(tuned, questions)).isEqualTo(expected);
    }

    /** Greedy answers. */
    private static List<String> answers(Path model, List<String> questions) throws IOException {
        try (BaseModel weights = BaseModel.open(model);
                Kernels kernels = Kernels.open(Device.CPU, 0);
                Decoder decoder = Decoder.open(kernels, weights.config(), weights, DType.FLOAT32)) {
            ConversationEncoder encoder =
                    JinjaEncoder.of(Tokenizer.open(model), EncodingOptions.cutoff(64), Clock.systemUTC());
            Set<Integer> stops = Arrays.stream(encoder.stopIds()).boxed().collect(Collectors.toSet());
            List<int[]> prompts = questions.stream()
                    .map(question -> encoder.prompt(new Conversation("", List.of(Message.user(question)))))
                    .toList();
            return new Generator(decoder, encoder.tokenizer())
                    .generate(prompts, GenerationSettings.greedy(32, stops), TextListener.NONE).stream()
                            .map(answer -> answer.text())
                            .toList();
        }
    }
}
