package dev.temper.trainer.method;

import dev.temper.contract.CodedException;
import dev.temper.contract.MethodSpec;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.DecoderModule;
import java.util.List;
import java.util.stream.Collectors;

/** Some layers learn, or some modules of them, and what is named outside of them (LLaMA-Factory's freeze). */
public final class PartialMethod implements Method<MethodSpec.Partial> {
    @Override
    public Class<MethodSpec.Partial> settings() {
        return MethodSpec.Partial.class;
    }

    @Override
    public void attach(Decoder decoder, MethodSpec.Partial settings, long seed) {
        int layers = decoder.config().layers();
        int wanted = settings.freezeTrainableLayers();
        if (Math.abs(wanted) > layers) {
            throw CodedException.user(
                    "partial_layers_too_many",
                    Math.abs(wanted) + " layers are to be trained, the model has " + layers + ".",
                    "Give freezeTrainableLayers at most " + layers + ".");
        }
        List<DecoderModule> inside = decoder.modules().stream()
                .filter(DecoderModule::inLayer)
                .filter(module -> wanted > 0 ? module.layer() >= layers - wanted : module.layer() < -wanted)
                .toList();
        List<DecoderModule> outside =
                decoder.modules().stream().filter(module -> !module.inLayer()).toList();
        if (wanted != 0 && !settings.freezeTrainableModules().contains("all")) {
            settings.freezeTrainableModules().forEach(name -> train(decoder, inside, name));
        } else {
            inside.forEach(module -> decoder.train(module, ""));
        }
        settings.freezeExtraModules().forEach(name -> train(decoder, outside, name));
    }

    private static void train(Decoder decoder, List<DecoderModule> among, String name) {
        List<DecoderModule> meant =
                among.stream().filter(module -> isMeant(module, name)).toList();
        if (meant.isEmpty()) {
            throw CodedException.user(
                            "partial_module_unknown",
                            "No module to train is called \"" + name + "\".",
                            "Give some of "
                                    + among.stream()
                                            .map(module -> module.module().shortName())
                                            .distinct()
                                            .collect(Collectors.joining(", "))
                                    + ".")
                    .with("module", name);
        }
        meant.forEach(module -> decoder.train(module, ""));
    }

    /** A module by its own name, or all of a block such as {@code mlp}. */
    private static boolean isMeant(DecoderModule module, String name) {
        return module.isNamed(name) || module.module().name().startsWith(name + ".");
    }
}
