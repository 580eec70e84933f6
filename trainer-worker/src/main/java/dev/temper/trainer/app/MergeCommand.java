package dev.temper.trainer.app;

import dev.temper.trainer.export.ModelExport;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        description = "Folds an adapter into its model: a Hugging Face folder, or a GGUF file if the target ends so.")
final class MergeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "MODEL", description = "A Hugging Face folder or a GGUF file.")
    private Path model = Path.of("");

    @Parameters(index = "1", paramLabel = "ADAPTER", description = "A PEFT adapter folder.")
    private Path adapter = Path.of("");

    @Parameters(index = "2", paramLabel = "TARGET", description = "A folder, or a file that ends in .gguf.")
    private Path target = Path.of("");

    @Option(names = "--type", description = "f32, f16, bf16; for GGUF also q8_0 and q4_0.")
    private @Nullable String type;

    @Override
    public Integer call() {
        new ModelExport(Optional.empty()).merge(model, adapter, target, Optional.ofNullable(type));
        System.out.println("Written: " + target);
        return 0;
    }
}
