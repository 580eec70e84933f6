package dev.temper.trainer.run;

import dev.temper.contract.MethodSpec;
import dev.temper.contract.OutputFormat;
import dev.temper.contract.RunSpec;
import dev.temper.model.weights.BaseModel;
import dev.temper.model.weights.ElementType;
import dev.temper.model.weights.HuggingFaceExport;
import dev.temper.model.weights.ModelCard;
import dev.temper.model.weights.ModelWeights;
import dev.temper.model.weights.PeftConfig;
import dev.temper.model.weights.PeftFolder;
import dev.temper.model.weights.TensorData;
import dev.temper.trainer.data.DataReport;
import dev.temper.trainer.data.DiskFailure;
import dev.temper.trainer.export.ModelExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what a run has trained: an adapter folder or a model folder, and the other formats asked for. */
final class TrainedModel {
    private static final String LORA_A = ".lora_A.weight";

    private final RunSpec spec;
    private final Path base;
    private final DataReport data;
    private final Map<String, Object> results;

    /** @param base where the model lies that was trained on */
    TrainedModel(RunSpec spec, Path base, DataReport data, Map<String, Object> results) {
        this.spec = spec;
        this.base = base;
        this.data = data;
        this.results = results;
    }

    /** Writes the formats into the output folder, each file whole or not there. */
    void write(Path output, List<TensorData> trained) {
        for (OutputFormat format : spec.output().formats()) {
            switch (format) {
                case TRAINED -> writeTrained(output, trained);
                case MERGED, GGUF_F32, GGUF_F16, GGUF_Q8_0, GGUF_Q4_0 -> merged(output, trained, format);
            }
        }
    }

    /** Writes what was trained alone, in the form its method has. */
    void writeTrained(Path folder, List<TensorData> trained) {
        filled(folder, aside -> fill(aside, trained));
    }

    private void merged(Path output, List<TensorData> trained, OutputFormat format) {
        Path folder = output.resolve(".work/trained");
        writeTrained(folder, trained);
        export(folder, output, format);
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw DiskFailure.writing(folder, e);
        }
    }

    /**
     * Makes the whole model of what was trained.
     *
     * @param trained its form on disk: an adapter folder, or a model folder
     */
    void export(Path trained, Path output, OutputFormat format) {
        ModelExport export = new ModelExport(Optional.of(card(false)));
        Optional<String> type = format == OutputFormat.MERGED
                ? Optional.empty()
                : Optional.of(format.name().substring("GGUF_".length()).toLowerCase(Locale.ROOT));
        Path target = output.resolve(type.map("model-%s.gguf"::formatted).orElse("merged"));
        if (PeftFolder.isOne(trained)) {
            export.merge(base, trained, target, type);
        } else {
            export.convert(trained, target, type);
        }
    }

    /** Fills a folder. */
    private interface Content {
        void writeTo(Path folder) throws IOException;
    }

    /** Fills a folder aside and moves its files into {@code folder}, where others may lie already. */
    private static void filled(Path folder, Content content) {
        Path aside = folder.resolve(".trained.partial");
        try {
            Folders.delete(aside);
            Files.createDirectories(aside);
            content.writeTo(aside);
            Manifest.sync(aside);
            try (Stream<Path> files = Files.list(aside)) {
                for (Path file : files.toList()) {
                    Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            Folders.delete(aside);
            Manifest.syncFolder(folder);
        } catch (IOException e) {
            throw DiskFailure.writing(folder, e);
        }
    }

    private void fill(Path folder, List<TensorData> trained) throws IOException {
        try (BaseModel model = BaseModel.open(base)) {
            Optional<PeftConfig> adapter = adapterConfig(trained);
            if (adapter.isPresent()) {
                PeftFolder.fill(folder, adapter.get(), trained);
                for (Map.Entry<String, byte[]> file : model.tokenizerFiles().entrySet()) {
                    Files.write(folder.resolve(file.getKey()), file.getValue());
                }
                Files.writeString(folder.resolve("README.md"), card(true).toMarkdown());
            } else {
                Map<String, TensorData> byName =
                        trained.stream().collect(Collectors.toMap(TensorData::name, Function.identity()));
                new HuggingFaceExport(
                                model,
                                ModelWeights.replacing(model, byName),
                                storedType(model),
                                HuggingFaceExport.SHARD_BYTES,
                                Optional.of(card(false)))
                        .fill(folder);
            }
        }
    }

    private static ElementType storedType(BaseModel model) {
        return switch (model.config().storedType()) {
            case "float16" -> ElementType.F16;
            case "bfloat16" -> ElementType.BF16;
            default -> ElementType.F32;
        };
    }

    /** What PEFT is told, where what is trained lies beside the model. */
    private Optional<PeftConfig> adapterConfig(List<TensorData> trained) {
        return switch (spec.method()) {
            case MethodSpec.Full() -> Optional.empty();
            case MethodSpec.Partial _ -> Optional.empty();
            case MethodSpec.Lora lora -> Optional.of(loraConfig(lora, trained));
            case MethodSpec.Ia3() ->
                Optional.of(new PeftConfig.Ia3(
                        spec.model().shownName(), List.of("down_proj", "k_proj", "v_proj"), List.of("down_proj")));
        };
    }

    private PeftConfig loraConfig(MethodSpec.Lora lora, List<TensorData> trained) {
        List<String> targets = trained.stream()
                .map(TensorData::name)
                .filter(name -> name.endsWith(LORA_A))
                .map(name -> name.substring(0, name.length() - LORA_A.length()))
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .distinct()
                .sorted()
                .toList();
        return new PeftConfig.Lora(
                spec.model().shownName(),
                lora.rank(),
                lora.effectiveAlpha(),
                lora.dropout(),
                lora.useRslora(),
                lora.useDora(),
                targets,
                Map.of(),
                Map.of(),
                List.of(),
                lora.additionalTarget());
    }

    private ModelCard card(boolean adapter) {
        String method = switch (spec.method()) {
            case MethodSpec.Full() -> "full";
            case MethodSpec.Lora _ -> "lora";
            case MethodSpec.Partial _ -> "partial";
            case MethodSpec.Ia3() -> "ia3";
        };
        Map<String, String> settings =
                new TreeMap<>(Identity.of(spec, data.fingerprint(), "", 0, 0).settings());
        Map<String, String> measured = new TreeMap<>();
        results.forEach((name, value) -> measured.put(name, String.valueOf(value)));
        return new ModelCard(
                spec.name(),
                spec.model().shownName(),
                method,
                adapter,
                data.sources().stream()
                        .map(source -> new ModelCard.DataFile(
                                String.valueOf(Path.of(source.path()).getFileName()), source.sha256(), source.rows()))
                        .toList(),
                settings,
                measured);
    }
}
