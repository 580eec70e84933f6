package dev.temper.trainer.run;

import dev.temper.contract.DataSource;
import dev.temper.contract.DataSpec;
import dev.temper.contract.Defaults;
import dev.temper.contract.ModelSpec;
import dev.temper.contract.Precision;
import dev.temper.contract.RunSpec;
import dev.temper.contract.Stage;
import dev.temper.model.weights.AdaptedModel;
import dev.temper.model.weights.BaseModel;
import dev.temper.model.weights.PeftFolder;
import dev.temper.text.Conversation;
import dev.temper.text.Message;
import dev.temper.text.template.ConversationEncoder;
import dev.temper.text.tokenizer.Tokenizer;
import dev.temper.trainer.data.DiskFailure;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.generation.GeneratedText;
import dev.temper.trainer.model.generation.GenerationSettings;
import dev.temper.trainer.model.generation.Generator;
import dev.temper.trainer.model.generation.TextListener;
import dev.temper.trainer.tensor.ComputePrecision;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Device;
import dev.temper.trainer.tensor.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A model, with an adapter folded into it or without, that answers. */
public final class ChatModel implements AutoCloseable {
    private final Path work;
    private final Kernels kernels;
    private final Decoder decoder;
    private final ConversationEncoder encoder;

    private ChatModel(Path work, Kernels kernels, Decoder decoder, ConversationEncoder encoder) {
        this.work = work;
        this.kernels = kernels;
        this.decoder = decoder;
        this.encoder = encoder;
    }

    /**
     * Opens a model to ask.
     *
     * @param adapter a folder with an adapter of a kind that can be folded in, or null
     * @param template the name of a chat template, or {@code auto}
     * @param threads 0 for as many as there are cores
     */
    public static ChatModel open(
            Path model, @Nullable Path adapter, String template, String device, Precision precision, int threads) {
        DataSpec plain = Defaults.data(List.of(DataSource.of("none")));
        DataSpec data = new DataSpec(
                plain.train(),
                plain.evaluation(),
                plain.valSize(),
                plain.mixing(),
                template,
                plain.defaultSystem(),
                plain.cutoffLen(),
                plain.trainOnPrompt(),
                plain.maskHistory(),
                plain.enableThinking(),
                plain.packing(),
                plain.groupByLength(),
                plain.shuffle(),
                plain.shuffleSeed(),
                plain.compatibility());
        return open(model, adapter, data, Stage.SFT, device, precision, threads);
    }

    /**
     * Opens a model to ask as one was asked that learned from such data.
     *
     * @param adapter a folder with an adapter of a kind that can be folded in, or null
     * @param threads 0 for as many as there are cores
     */
    static ChatModel open(
            Path model,
            @Nullable Path adapter,
            DataSpec data,
            Stage stage,
            String device,
            Precision precision,
            int threads) {
        Path work = temporary();
        ModelSpec subject = new ModelSpec(model.toString(), null, null, null, false, List.of(), List.of());
        RunSpec asked = Defaults.run(subject, Defaults.lora(), data);
        Device on = Device.parse(device);
        Kernels kernels = Kernels.open(on, threads);
        try (BaseModel base = Materials.base(asked)) {
            Tokenizer tokenizer = Materials.tokenizer(base, work);
            Decoder decoder = decoder(kernels, base, adapter, ComputePrecision.choose(precision, on));
            return new ChatModel(work, kernels, decoder, Encoders.of(data, stage, tokenizer));
        } catch (RuntimeException e) {
            kernels.close();
            throw e;
        }
    }

    private static Decoder decoder(Kernels kernels, BaseModel base, @Nullable Path adapter, DType precision) {
        if (adapter == null) {
            return Decoder.openToAnswer(kernels, base.config(), base, precision);
        }
        try (PeftFolder folder = PeftFolder.open(StartingPoint.requireAdapter(adapter));
                AdaptedModel adapted = new AdaptedModel(base, folder)) {
            return Decoder.openToAnswer(kernels, adapted.config(), adapted, precision);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("temper-chat");
        } catch (IOException e) {
            throw DiskFailure.writing(Path.of(System.getProperty("java.io.tmpdir", "/tmp")), e);
        }
    }

    /** Tokens that end an answer. */
    public Set<Integer> stopIds() {
        return IntStream.of(encoder.stopIds()).boxed().collect(Collectors.toSet());
    }

    /** Answers one message; the listener hears the answer while it grows. */
    public GeneratedText answer(String system, String message, GenerationSettings settings, TextListener listener) {
        int[] prompt = encoder.prompt(new Conversation(system, List.of(Message.user(message))));
        return new Generator(decoder, encoder.tokenizer())
                .generate(List.of(prompt), settings, listener)
                .getFirst();
    }

    /** Answers several conversations together; the listener hears the answers while they grow. */
    public List<GeneratedText> answer(
            List<Conversation> conversations, GenerationSettings settings, TextListener listener) {
        List<int[]> prompts = conversations.stream().map(encoder::prompt).toList();
        return new Generator(decoder, encoder.tokenizer()).generate(prompts, settings, listener);
    }

    @Override
    public void close() {
        decoder.close();
        kernels.close();
        try {
            Folders.delete(work);
        } catch (IOException e) {
            throw DiskFailure.writing(work, e);
        }
    }
}
