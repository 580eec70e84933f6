package dev.temper.trainer.run;

import dev.temper.contract.CodedException;
import dev.temper.contract.DataSpec;
import dev.temper.contract.RunSpec;
import dev.temper.model.weights.BaseModel;
import dev.temper.text.template.ConversationEncoder;
import dev.temper.text.tokenizer.Tokenizer;
import dev.temper.trainer.data.DiskFailure;
import dev.temper.trainer.data.TrainingData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What a run works with before anything is computed: the model's files, its tokenizer, the data. */
final class Materials implements AutoCloseable {
    private final BaseModel base;
    private final ConversationEncoder encoder;
    private final TrainingData data;
    private final Path work;
    private boolean baseIsOpen = true;

    private Materials(BaseModel base, ConversationEncoder encoder, TrainingData data, Path work) {
        this.base = base;
        this.encoder = encoder;
        this.data = data;
        this.work = work;
    }

    /**
     * Opens the model and prepares the data.
     *
     * @param work where tokens are kept
     */
    static Materials open(RunSpec spec, Path work) {
        BaseModel base = base(spec);
        try {
            Tokenizer tokenizer = tokenizer(base, work);
            ConversationEncoder encoder = Encoders.of(spec.data(), spec.stage(), tokenizer);
            TrainingData data = TrainingData.prepare(spec, encoder, work.resolve("data"));
            try {
                requireKnownTokens(data, base, spec.data());
                return new Materials(base, encoder, data, work);
            } catch (RuntimeException e) {
                data.close();
                throw e;
            }
        } catch (RuntimeException e) {
            base.close();
            throw e;
        }
    }

    /** The model of a spec, if there is one. */
    static BaseModel base(RunSpec spec) {
        return BaseModel.open(requireModel(spec));
    }

    static Path requireModel(RunSpec spec) {
        Path model = Path.of(spec.model().path());
        if (!Files.exists(model)) {
            throw CodedException.user(
                            "model_missing",
                            "There is no model at " + model + ".",
                            "Give a Hugging Face folder or a GGUF file on this machine; nothing is fetched.")
                    .with("path", model.toString());
        }
        return model;
    }

    /** The model's tokenizer, whatever file the model is. */
    static Tokenizer tokenizer(BaseModel base, Path work) {
        Path folder = work.resolve("tokenizer");
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, byte[]> file : base.tokenizerFiles().entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw DiskFailure.writing(folder, e);
        }
        return Tokenizer.open(folder);
    }

    private static void requireKnownTokens(TrainingData data, BaseModel base, DataSpec spec) {
        int highest = data.report().highestToken();
        int vocabulary = base.config().vocabulary();
        if (highest >= vocabulary) {
            throw CodedException.user(
                            "tokens_beyond_vocabulary",
                            "The template " + spec.template() + " or the text uses token " + highest
                                    + ", and the model's vocabulary ends at " + (vocabulary - 1) + ".",
                            "Choose the template that belongs to the model, or add the tokens to the model first.")
                    .with("token", highest);
        }
    }

    BaseModel base() {
        return base;
    }

    ConversationEncoder encoder() {
        return encoder;
    }

    TrainingData data() {
        return data;
    }

    /** What may be used for files that are no results. */
    Path work() {
        return work;
    }

    /** Lets go of the model's files, whose pages count as memory of this process while they are mapped. */
    void closeBase() {
        if (baseIsOpen) {
            baseIsOpen = false;
            base.close();
        }
    }

    @Override
    public void close() {
        data.close();
        closeBase();
    }
}
