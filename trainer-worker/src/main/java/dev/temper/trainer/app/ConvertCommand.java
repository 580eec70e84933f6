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
        name = "convert",
        mixinStandardHelpOptions = true,
        description = "Writes a model in the other format, or with numbers of another type.")
final class ConvertCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "MODEL", description = "A Hugging Face folder or a GGUF file.")
    private Path model = Path.of("");

    @Parameters(index = "1", paramLabel = "TARGET", description = "A folder, or a file that ends in .gguf.")
    private Path target = Path.of("");

    @Option(names = "--type", description = "f32, f16, bf16; for GGUF also q8_0 and q4_0.")
    private @Nullable String type;

    @Override
    public Integer call() {
        new ModelExport(Optional.empty()).convert(model, target, Optional.ofNullable(type));
        System.out.println("Written: " + target);
        return 0;
    }
}
