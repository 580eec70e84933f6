package dev.temper.trainer.method;

import dev.temper.contract.MethodSpec;
import dev.temper.model.TrainedModules;
import dev.temper.trainer.model.Decoder;

/** Every weight learns. */
public final class FullMethod implements Method<MethodSpec.Full> {
    @Override
    public Class<MethodSpec.Full> settings() {
        return MethodSpec.Full.class;
    }

    @Override
    public void attach(Decoder decoder, MethodSpec.Full settings, long seed) {
        TrainedModules.of(decoder.config(), settings).whole().forEach(module -> decoder.train(module, ""));
    }
}
