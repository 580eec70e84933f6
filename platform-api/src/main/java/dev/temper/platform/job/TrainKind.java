package dev.temper.platform.job;

import dev.temper.contract.RunSpecJson;
import org.springframework.stereotype.Component;

/** A training run, described by a run spec. */
@Component
class TrainKind implements RunKind {
    static final String NAME = "train";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void check(String spec) {
        RunSpecJson.read(spec);
    }
}
