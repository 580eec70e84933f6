package dev.temper.trainer.stage;

import dev.temper.contract.RegularisationSpec;
import dev.temper.contract.Stage;
import dev.temper.trainer.data.PackedBatch;
import dev.temper.trainer.model.Decoder;
import dev.temper.trainer.model.Loss;
import dev.temper.trainer.model.Pass;
import dev.temper.trainer.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Supervised fine-tuning: the cross entropy of the labelled tokens. */
public final class SupervisedStage implements TrainingStage {
    @Override
    public Stage kind() {
        return Stage.SFT;
    }

    @Override
    public int items(PackedBatch batch) {
        return batch.labelled();
    }

    @Override
    public Loss forwardBackward(
            Decoder decoder, PackedBatch batch, Pass pass, RegularisationSpec regularisation, @Nullable Tensor prefix) {
        return decoder.forwardBackward(
                batch, pass, regularisation.labelSmoothingFactor(), regularisation.neftuneNoiseAlpha(), prefix);
    }

    @Override
    public Loss evaluate(Decoder decoder, PackedBatch batch) {
        return decoder.evaluate(batch);
    }
}
