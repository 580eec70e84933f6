package dev.temper.benchmarks.trainer;

import java.util.Locale;

/** Who is measured: this trainer, or LLaMA-Factory as it comes, or set up as fast as it goes. */
enum Who {
    TEMPER,
    PEER_DEFAULT,
    PEER_BEST;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
