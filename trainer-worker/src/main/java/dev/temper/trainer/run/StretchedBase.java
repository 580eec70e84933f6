package dev.temper.trainer.run;

import dev.temper.contract.CodedException;
import dev.temper.model.DecoderConfig;
import dev.temper.model.DecoderFamily;
import dev.temper.model.Rope;
import dev.temper.model.weights.BaseModel;
import dev.temper.trainer.data.DiskFailure;
import dev.temper.trainer.export.ModelExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model whose angles are stretched for texts longer than its context, as LLaMA-Factory's {@code rope_scaling} has it:
 * by the least whole factor that reaches the cutoff. It is a folder with a configuration of its own beside links to the
 * model's files, so that what is trained on it says what it was trained on.
 *
 * @param path of the folder; the model itself where its context is long enough
 * @param notices what has to be told
 */
record StretchedBase(Path path, List<String> notices) {
    private static final String CONFIG = "config.json";

    static StretchedBase of(Path model, String scaling, int cutoff, Path work) {
        if (scaling.equals("yarn")) {
            throw unsupported("rope_scaling yarn", "Use linear, dynamic or llama3.");
        }
        int context;
        DecoderConfig config;
        try (BaseModel base = BaseModel.open(model)) {
            config = base.config();
            context = config.rope().scaling() == Rope.Scaling.LLAMA3
                    ? config.rope().originalPositions()
                    : config.maxPositions();
        }
        if (config.family() == DecoderFamily.GEMMA3) {
            throw unsupported("rope_scaling of Gemma 3", "Leave it out: its layers have angles of two kinds.");
        }
        if (cutoff <= context) {
            String why = "rope_scaling %s is not applied: the cutoff of %d tokens fits the model's context of %d."
                    .formatted(scaling, cutoff, context);
            return new StretchedBase(model, List.of(why));
        }
        int factor = Math.ceilDiv(cutoff, context);
        Path folder = OutputFolder.made(work, "stretched-%s-%d".formatted(scaling, factor));
        try {
            if (!Files.exists(folder)) {
                fill(folder, model, config.rope().theta(), scaling, factor, context);
            }
        } catch (IOException e) {
            throw DiskFailure.writing(folder, e);
        }
        String told = "rope_scaling %s stretches the context from %d to %d tokens."
                .formatted(scaling, context, context * factor);
        return new StretchedBase(folder, List.of(told));
    }

    private static void fill(Path folder, Path model, double theta, String scaling, int factor, int context)
            throws IOException {
        Path aside = folder.resolveSibling(folder.getFileName() + ".partial");
        Folders.delete(aside);
        if (Files.isDirectory(model)) {
            Files.createDirectories(aside);
            try (Stream<Path> files = Files.list(model)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.createSymbolicLink(aside.resolve(file.getFileName()), file.toRealPath());
                }
            }
        } else {
            new ModelExport(Optional.empty()).convert(model, aside, Optional.empty());
        }
        ObjectNode config = (ObjectNode) JsonMapper.shared().readTree(Files.readString(aside.resolve(CONFIG)));
        config.remove("rope_parameters");
        config.put("rope_theta", theta);
        config.put("max_position_embeddings", context * factor);
        ObjectNode rope =
                config.putObject("rope_scaling").put("rope_type", scaling).put("factor", (double) factor);
        if (!scaling.equals("linear")) {
            rope.put("original_max_position_embeddings", context);
        }
        if (scaling.equals("llama3")) {
            rope.put("low_freq_factor", 1.0).put("high_freq_factor", 4.0);
        }
        Files.delete(aside.resolve(CONFIG));
        Files.writeString(
                aside.resolve(CONFIG),
                JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(config));
        Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static CodedException unsupported(String what, String remedy) {
        return CodedException.user("rope_scaling_unsupported", "There is no " + what + " here.", remedy);
    }
}
