package dev.temper.trainer.run;

import dev.temper.contract.CodedException;
import dev.temper.contract.ComputeSpec;
import dev.temper.contract.MethodSpec;
import dev.temper.contract.OutputFormat;
import dev.temper.contract.RunSpec;
import dev.temper.model.weights.ElementType;
import dev.temper.model.weights.ModelWeights;
import dev.temper.model.weights.PeftFolder;
import dev.temper.model.weights.SafetensorsFile;
import dev.temper.model.weights.TensorData;
import dev.temper.trainer.data.DataReport;
import dev.temper.trainer.data.DiskFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run has trained, taken up from its files after it: what it ended with, or one of its checkpoints. */
public final class Trained {
    private final RunSpec run;
    private final TrainedModel model;
    private final Path form;
    private final Path work;

    private Trained(RunSpec run, TrainedModel model, Path form, Path work) {
        this.run = run;
        this.model = model;
        this.form = form;
        this.work = work;
    }

    /**
     * Takes it up.
     *
     * @param run its spec, with the model's path on this machine
     * @param files an adapter folder, a model folder, or a checkpoint of the run
     * @param work for what has to be made on the way
     */
    public static Trained open(RunSpec run, Path files, Path work) {
        StartingPoint start = StartingPoint.of(run, work);
        Path base = Path.of(start.spec().model().path());
        TrainedModel model = new TrainedModel(start.spec(), base, DataReport.UNKNOWN, Map.of());
        Path form = PeftFolder.isOne(files) || isModel(files) ? files : formed(model, files, work);
        return new Trained(start.spec(), model, form, work);
    }

    private static boolean isModel(Path folder) {
        return Files.exists(folder.resolve("config.json"));
    }

    private static Path formed(TrainedModel model, Path checkpoint, Path work) {
        Path saved = checkpoint.resolve(DecoderLearner.TRAINED);
        if (!Files.exists(saved)) {
            throw CodedException.user(
                    "nothing_trained",
                    "There is neither a model nor a checkpoint in " + checkpoint.getFileName() + ".",
                    "Name a checkpoint that is kept.");
        }
        Path form = work.resolve("form");
        try (SafetensorsFile file = SafetensorsFile.open(saved)) {
            List<TensorData> tensors = file.weights().stream()
                    .map(weight -> ModelWeights.named(weight.name(), weight, ElementType.F32))
                    .toList();
            model.writeTrained(form, tensors);
        }
        return form;
    }

    /** Asks it with the template, the precision and the device of its run. */
    public ChatModel chat() {
        if (!PeftFolder.isOne(form)) {
            return chat(form, null);
        }
        if (run.method() instanceof MethodSpec.Lora) {
            return chat(base(), form);
        }
        export(work, OutputFormat.MERGED);
        return chat(work.resolve("merged"), null);
    }

    /** The same of the model as it was before. */
    public ChatModel baseChat() {
        return chat(base(), null);
    }

    private Path base() {
        return Path.of(run.model().path());
    }

    private ChatModel chat(Path whole, @Nullable Path adapter) {
        ComputeSpec compute = run.compute();
        return ChatModel.open(
                whole, adapter, run.data(), run.stage(), compute.device(), compute.precision(), compute.threads());
    }

    /** Writes it in one more format below a folder, under the name that a run would give it. */
    public void export(Path output, OutputFormat format) {
        try {
            Files.createDirectories(output);
        } catch (IOException e) {
            throw DiskFailure.writing(output, e);
        }
        model.export(form, output, format);
    }
}
