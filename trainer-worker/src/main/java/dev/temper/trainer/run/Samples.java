package dev.temper.trainer.run;

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
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** After each evaluation, what the model answers to some held-out prompts by now, in {@code samples.jsonl}. */
final class Samples implements Consumer<RunEvent> {
    static final String FILE = "samples.jsonl";
    private static final int MOST_TOKENS = 128;

    private final Path file;
    private final DecoderLearner learner;
    private final Tokenizer tokenizer;
    private final Set<Integer> stopIds;
    private final List<int[]> prompts = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    /** @param count how many of the held-out samples are asked */
    Samples(Path output, DecoderLearner learner, ConversationEncoder encoder, TrainingData data, int count) {
        this.file = output.resolve(FILE);
        this.learner = learner;
        this.tokenizer = encoder.tokenizer();
        this.stopIds = IntStream.of(encoder.stopIds()).boxed().collect(Collectors.toSet());
        for (int held : Arrays.stream(data.held()).limit(count).toArray()) {
            split(data.heldStore().sample(held));
        }
    }

    private void split(Sample sample) {
        int learned = 0;
        while (learned < sample.length() && sample.labels()[learned] == Sample.IGNORED) {
            learned++;
        }
        if (learned > 0 && learned < sample.length()) {
            prompts.add(Arrays.copyOf(sample.ids(), learned));
            answers.add(tokenizer.decodeText(Arrays.copyOfRange(sample.ids(), learned, sample.length())));
        }
    }

    @Override
    public void accept(RunEvent event) {
        if (!(event instanceof RunEvent.Evaluated evaluated) || prompts.isEmpty()) {
            return;
        }
        List<GeneratedText> texts =
                learner.complete(prompts, tokenizer, GenerationSettings.greedy(MOST_TOKENS, stopIds));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            lines.append(JsonMapper.shared()
                            .createObjectNode()
                            .put("step", evaluated.step())
                            .put("prompt", tokenizer.decode(prompts.get(i)))
                            .put("expected", answers.get(i))
                            .put("generated", texts.get(i).text()))
                    .append('\n');
        }
        try {
            Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw DiskFailure.writing(file, e);
        }
    }
}
