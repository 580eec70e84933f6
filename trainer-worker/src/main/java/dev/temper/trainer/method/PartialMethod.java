package dev.temper.trainer.method;

import dev.temper.contract.MethodSpec;
import dev.temper.model.TrainedModules;
import dev.temper.trainer.model.Decoder;

/** Some layers learn, or some modules of them, and what is named outside of them (LLaMA-Factory's freeze). */
public final class PartialMethod implements Method<MethodSpec.Partial> {
    @Override
    public Class<MethodSpec.Partial> settings() {
        return MethodSpec.Partial.class;
    }

    @Override
    public void attach(Decoder decoder, MethodSpec.Partial settings, long seed) {
        TrainedModules.of(decoder.config(), settings).whole().forEach(module -> decoder.train(module, ""));
    }
}
