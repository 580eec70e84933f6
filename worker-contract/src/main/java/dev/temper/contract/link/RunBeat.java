package dev.temper.contract.link;

import org.jspecify.annotations.Nullable;

/**
 * Where one run is.
 *
 * @param phase what the worker is doing with it
 * @param step done; 0 before the first
 * @param obeyed the directive that is being carried out; none for {@code CONTINUE}
 */
public record RunBeat(
        LeaseId lease, Phase phase, long step, @Nullable Directive obeyed) {
    public RunBeat {
        LinkCheck.present("lease", lease);
        LinkCheck.present("phase", phase);
        LinkCheck.notNegative("step", step);
    }
}
