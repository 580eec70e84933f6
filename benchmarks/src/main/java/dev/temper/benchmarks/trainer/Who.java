package dev.temper.benchmarks.trainer;

import java.util.Locale;

/**
 * Who is measured: this trainer, or LLaMA-Factory as it comes, or set up as fast as it goes. Set up so, its steps are
 * four rows of packed samples, and {@link #TEMPER_PACKED} takes as many samples a step as those hold: what a step costs
 * whatever its size then weighs the same in both.
 */
enum Who {
    TEMPER,
    TEMPER_PACKED,
    PEER_DEFAULT,
    PEER_BEST;

    boolean isPeer() {
        return this == PEER_DEFAULT || this == PEER_BEST;
    }

    /** The case of ours that it is compared with. */
    Who counterpart() {
        return this == PEER_BEST ? TEMPER_PACKED : TEMPER;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
