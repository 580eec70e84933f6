package dev.temper.trainer.app;

import dev.temper.contract.Precision;
import dev.temper.trainer.model.generation.GenerationSettings;
import dev.temper.trainer.run.ChatModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Lets a model answer: one prompt, or each line of the input.")
final class GenerateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "A Hugging Face folder or a GGUF file.")
    private Path model = Path.of("");

    @Option(names = "--adapter", paramLabel = "DIR", description = "A LoRA adapter folder to put beside it.")
    private @Nullable Path adapter;

    @Option(names = "--prompt", description = "What is asked; without it each line of the input is.")
    private @Nullable String prompt;

    @Option(names = "--system", defaultValue = "", description = "What the model is told beforehand.")
    private String system = "";

    @Option(names = "--template", defaultValue = "auto", description = "A chat template's name.")
    private String template = "auto";

    @Option(names = "--max-new-tokens", defaultValue = "512", description = "Default: ${DEFAULT-VALUE}")
    private int maxNewTokens;

    @Option(names = "--temperature", defaultValue = "0.95", description = "0 for the likeliest token always.")
    private double temperature;

    @Option(names = "--top-p", defaultValue = "0.7", description = "Default: ${DEFAULT-VALUE}")
    private double topP;

    @Option(names = "--top-k", defaultValue = "50", description = "Default: ${DEFAULT-VALUE}")
    private int topK;

    @Option(names = "--repetition-penalty", defaultValue = "1.0", description = "1 for none.")
    private double repetitionPenalty;

    @Option(names = "--stop", description = "A string that ends an answer; may be given several times.")
    private List<String> stop = List.of();

    @Option(names = "--seed", defaultValue = "42", description = "The same seed draws the same answer.")
    private long seed;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu, cuda or cuda:n.")
    private String device = "auto";

    @Option(names = "--precision", defaultValue = "auto", description = "auto, fp32, bf16 or fp16.")
    private Precision precision = Precision.AUTO;

    @Option(names = "--threads", defaultValue = "0", description = "0 for as many as there are cores.")
    private int threads;

    @Override
    public Integer call() throws IOException {
        try (ChatModel chat = ChatModel.open(model, adapter, template, device, precision, threads)) {
            GenerationSettings settings = new GenerationSettings(
                    maxNewTokens, temperature, topP, topK, repetitionPenalty, chat.stopIds(), stop, seed);
            if (prompt != null) {
                answer(chat, prompt, settings);
                return 0;
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    answer(chat, line, settings);
                }
            }
            return 0;
        }
    }

    private void answer(ChatModel chat, String message, GenerationSettings settings) {
        chat.answer(system, message, settings, (_, piece) -> {
            System.out.print(piece);
            System.out.flush();
            return true;
        });
        System.out.println();
    }
}
