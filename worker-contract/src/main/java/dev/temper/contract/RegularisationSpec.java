package dev.temper.contract;

/**
 * What keeps the model from learning the data by heart, besides weight decay and dropout.
 *
 * @param labelSmoothingFactor the share of the target spread over the vocabulary
 * @param neftuneNoiseAlpha the strength of uniform noise on the embeddings (NEFTune, Jain et al., 2023); 0 for none
 */
public record RegularisationSpec(double labelSmoothingFactor, double neftuneNoiseAlpha) {
    public RegularisationSpec {
        Check.share("regularisation.labelSmoothingFactor", labelSmoothingFactor);
        Check.atLeast("regularisation.neftuneNoiseAlpha", neftuneNoiseAlpha, 0);
    }
}
