package dev.temper.benchmarks.trainer;

import dev.temper.model.weights.BaseModel;
import dev.temper.text.tokenizer.Tokenizer;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.generation.GenerationSettings;
import dev.temper.trainer.model.generation.Generator;
import dev.temper.trainer.model.generation.TextListener;
import dev.temper.trainer.run.Machine;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Device;
import dev.temper.trainer.tensor.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Greedy generation in this process, one text at a time: what the peer's script does, with the same lengths. */
final class OwnGeneration {
    private static final int PROMPT = 64;
    private static final int NEW = 128;
    private static final int ROUNDS = 3;

    private final Generator generator;
    private final List<int[]> prompt;

    private OwnGeneration(Generator generator, List<int[]> prompt) {
        this.generator = generator;
        this.prompt = prompt;
    }

    public static void main(String[] args) throws IOException {
        DType precision = args[1].equals("bf16") ? DType.BFLOAT16 : DType.FLOAT32;
        int threads = Runtime.getRuntime().availableProcessors();
        List<Double> rates = new ArrayList<>();
        try (BaseModel model = BaseModel.open(Path.of(args[0]));
                Kernels kernels = Kernels.open(Device.CPU, threads);
                Decoder decoder = Decoder.openToAnswer(kernels, model.config(), model, precision)) {
            int[] ids = new Random(0).ints(PROMPT, 100, 40_000).toArray();
            OwnGeneration run = new OwnGeneration(new Generator(decoder, tokenizer(model)), List.of(ids));
            run.seconds(8);
            for (int i = 0; i < ROUNDS; i++) {
                // The first token comes with the prompt; it is taken off.
                double first = run.seconds(1);
                rates.add(NEW / (run.seconds(NEW + 1) - first));
            }
        }
        Collections.sort(rates);
        Measured measured = new Measured(
                "generation " + args[1] + ", temper",
                rates.get(ROUNDS / 2),
                ROUNDS,
                ROUNDS,
                0,
                Machine.peakMemory() / 1048576.0,
                0,
                0,
                0,
                List.of());
        Files.writeString(Path.of(args[2]), JsonMapper.shared().writeValueAsString(measured));
    }

    private double seconds(int tokens) {
        long start = System.nanoTime();
        generator.generate(prompt, GenerationSettings.greedy(tokens, Set.of()), TextListener.NONE);
        return (System.nanoTime() - start) / 1e9;
    }

    private static Tokenizer tokenizer(BaseModel model) throws IOException {
        Path folder = Files.createTempDirectory("temper-bench-tokenizer");
        for (Map.Entry<String, byte[]> file : model.tokenizerFiles().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        return Tokenizer.open(folder);
    }
}
