package dev.temper.trainer.run;

import dev.temper.contract.EvaluationSpec;
import dev.temper.text.Conversation;
import dev.temper.text.Message;
import dev.temper.text.template.ConversationEncoder;
import dev.temper.text.template.Sample;
import dev.temper.text.tokenizer.Tokenizer;
import dev.temper.trainer.data.DiskFailure;
import dev.temper.trainer.data.TrainingData;
import dev.temper.trainer.model.generation.GeneratedText;
import dev.temper.trainer.model.generation.GenerationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What the model answers to some prompts by now, told and in {@code samples.jsonl}. */
final class Samples implements IntConsumer {
    static final String FILE = "samples.jsonl";

    private final Path file;
    private final DecoderLearner learner;
    private final Tokenizer tokenizer;
    private final GenerationSettings settings;
    private final Consumer<RunEvent> events;
    private final List<int[]> prompts = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();

    /**
     * What a prompt is about.
     *
     * @param expected what a row answers
     */
    private record Asked(String question, @Nullable String expected) {}

    /** @param evaluation what is asked */
    Samples(
            Path output,
            DecoderLearner learner,
            ConversationEncoder encoder,
            TrainingData data,
            EvaluationSpec evaluation,
            Consumer<RunEvent> events) {
        this.file = output.resolve(FILE);
        this.learner = learner;
        this.tokenizer = encoder.tokenizer();
        this.settings = GenerationSettings.greedy(
                evaluation.sampleTokens(),
                IntStream.of(encoder.stopIds()).boxed().collect(Collectors.toSet()));
        this.events = events;
        for (String prompt : evaluation.prompts()) {
            prompts.add(encoder.prompt(new Conversation("", List.of(Message.user(prompt)))));
            asked.add(new Asked(prompt, null));
        }
        if (evaluation.samples() > 0) {
            Questions questions = Questions.of(encoder);
            Arrays.stream(data.held())
                    .limit(evaluation.samples())
                    .forEach(held -> split(data.heldStore().sample(held), questions));
        }
    }

    private void split(Sample sample, Questions questions) {
        int learned = 0;
        while (learned < sample.length() && sample.labels()[learned] == Sample.IGNORED) {
            learned++;
        }
        if (learned > 0 && learned < sample.length()) {
            int[] prompt = Arrays.copyOf(sample.ids(), learned);
            prompts.add(prompt);
            asked.add(new Asked(
                    questions.in(tokenizer.decode(prompt)),
                    Tokenizer.untorn(
                            tokenizer.decodeText(Arrays.copyOfRange(sample.ids(), learned, sample.length())))));
        }
    }

    @Override
    public void accept(int step) {
        if (asked.isEmpty()) {
            return;
        }
        List<GeneratedText> texts = learner.complete(prompts, tokenizer, settings);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            Asked prompt = asked.get(i);
            String answer = Tokenizer.untorn(texts.get(i).text());
            lines.append(JsonMapper.shared()
                            .createObjectNode()
                            .put("step", step)
                            .put("prompt", tokenizer.decode(prompts.get(i)))
                            .put("expected", prompt.expected())
                            .put("generated", answer))
                    .append('\n');
            events.accept(new RunEvent.Answered(step, prompt.question(), answer, prompt.expected()));
        }
        try {
            Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw DiskFailure.writing(file, e);
        }
    }
}
