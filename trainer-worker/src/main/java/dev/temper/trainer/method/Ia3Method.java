package dev.temper.trainer.method;

import dev.temper.contract.MethodSpec;
import dev.temper.model.DecoderModule;
import dev.temper.model.TrainedModules;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.ParameterSet.Learning;
import dev.temper.trainer.tensor.DType;
import dev.temper.trainer.tensor.Tensor;

/**
 * IA³ (Liu et al., 2022): keys, values and what goes into the feed-forward's last projection, each number multiplied by
 * a trained factor. Names are PEFT's, and so are shapes: a column where outputs are multiplied, a row where inputs are.
 */
public final class Ia3Method implements Method<MethodSpec.Ia3> {
    @Override
    public Class<MethodSpec.Ia3> settings() {
        return MethodSpec.Ia3.class;
    }

    @Override
    public void attach(Decoder decoder, MethodSpec.Ia3 settings, long seed) {
        for (DecoderModule module :
                TrainedModules.of(decoder.config(), settings).adapted()) {
            if (module.module().inAttention()) {
                multiply(decoder, module, "ia3_out", module.module().outputs(), 1);
            } else {
                multiply(decoder, module, "ia3_in", 1, module.module().inputs());
            }
        }
    }

    private static void multiply(Decoder decoder, DecoderModule module, String key, long rows, long columns) {
        try (Tensor zeros = decoder.kernels().zeros(DType.FLOAT32, rows, columns)) {
            Tensor ones = decoder.kernels().tensor("plus", zeros, 1.0);
            decoder.layer(module.layer())
                    .train(
                            module.module().role() + "." + key,
                            "base_model.model." + module.name() + ".ia3_l",
                            ones,
                            Learning.plain(decoder.precision()));
        }
    }
}
