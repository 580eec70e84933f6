package dev.temper.trainer.run;

import dev.temper.contract.CodedException;
import dev.temper.contract.MethodSpec;
import dev.temper.contract.ModelSpec;
import dev.temper.contract.RunSpec;
import dev.temper.model.weights.PeftConfig;
import dev.temper.model.weights.PeftFolder;
import dev.temper.trainer.export.ModelExport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where training starts: the model as it is, an adapter gone on with, or a model an adapter was folded into.
 *
 * @param spec what is run, the adapter's own settings in place of the spec's
 * @param adapter whose values training starts from
 * @param notices what has to be told about it
 */
record StartingPoint(RunSpec spec, @Nullable Path adapter, List<String> notices) {

    /** @param work where a model is made if an adapter has to be folded in */
    static StartingPoint of(RunSpec spec, Path work) {
        refuseNewTokens(spec.model());
        String scaling = spec.model().ropeScaling();
        if (scaling == null) {
            return of(spec, work, List.of());
        }
        Materials.requireModel(spec);
        StretchedBase base = StretchedBase.of(
                Path.of(spec.model().path()), scaling, spec.data().cutoffLen(), work);
        return of(on(spec, base.path(), spec.model().adapter(), spec.method()), work, base.notices());
    }

    private static StartingPoint of(RunSpec spec, Path work, List<String> notices) {
        String given = spec.model().adapter();
        if (given == null) {
            return new StartingPoint(spec, null, notices);
        }
        Path adapter = requireAdapter(Path.of(given));
        if (!(spec.method() instanceof MethodSpec.Lora lora)) {
            throw CodedException.user(
                    "adapter_needs_lora",
                    "An adapter can be gone on with by the method lora only.",
                    "Choose lora, or merge the adapter into its model first.");
        }
        if (lora.createNewAdapter()) {
            Path merged = OutputFolder.made(work, "merged");
            if (!Files.exists(merged)) {
                new ModelExport(Optional.empty())
                        .merge(Path.of(spec.model().path()), adapter, merged, Optional.empty());
            }
            return new StartingPoint(on(spec, merged, null, lora), null, notices);
        }
        try (PeftFolder folder = PeftFolder.open(adapter)) {
            if (folder.config() instanceof PeftConfig.Lora own) {
                RunSpec settled = on(spec, Path.of(spec.model().path()), null, settings(lora, own));
                return new StartingPoint(settled, adapter, notices);
            }
            throw CodedException.user(
                    "adapter_not_lora",
                    "The adapter " + adapter + " is not a LoRA adapter.",
                    "Give one that is, or start a new one.");
        }
    }

    static Path requireAdapter(Path adapter) {
        if (!PeftFolder.isOne(adapter)) {
            throw CodedException.user(
                    "adapter_missing",
                    "There is no adapter at " + adapter + ".",
                    "Give the folder that holds adapter_config.json.");
        }
        return adapter;
    }

    /** The model has to have the tokens: {@code resizeVocab} alone asks for nothing where it has. */
    private static void refuseNewTokens(ModelSpec model) {
        if (!model.addTokens().isEmpty() || !model.addSpecialTokens().isEmpty()) {
            throw CodedException.user(
                    "spec_not_yet",
                    "The spec asks for addTokens or addSpecialTokens, which is not supported yet.",
                    "Add the tokens to the tokenizer and rows for them to the embeddings first, then train that model"
                            + " with embed_tokens among additional_target.");
        }
    }

    /** The adapter decides on its shape, the spec on how it is trained. */
    private static MethodSpec.Lora settings(MethodSpec.Lora spec, PeftConfig.Lora own) {
        boolean uniform = own.rankPattern().isEmpty()
                && own.alphaPattern().isEmpty()
                && own.layers().isEmpty();
        if (!uniform) {
            throw CodedException.user(
                    "adapter_patterns_unsupported",
                    "The adapter has other ranks in some layers than in others.",
                    "Set create_new_adapter, which folds it into the model, or start a new one.");
        }
        return new MethodSpec.Lora(
                own.rank(),
                own.alpha(),
                spec.dropout(),
                own.targets(),
                own.modulesToSave(),
                own.rankStabilised(),
                own.dora(),
                spec.loraplusLrRatio(),
                spec.loraplusLrEmbedding(),
                false);
    }

    private static RunSpec on(RunSpec spec, Path base, @Nullable String adapter, MethodSpec method) {
        ModelSpec model =
                new ModelSpec(base.toString(), spec.model().name(), adapter, null, false, List.of(), List.of());
        return new RunSpec(
                spec.version(),
                spec.name(),
                spec.stage(),
                model,
                method,
                spec.data(),
                spec.optimiser(),
                spec.schedule(),
                spec.batch(),
                spec.regularisation(),
                spec.compute(),
                spec.evaluation(),
                spec.checkpoints(),
                spec.output(),
                spec.seed());
    }
}
