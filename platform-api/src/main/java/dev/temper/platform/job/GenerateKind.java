package dev.temper.platform.job;

import dev.temper.contract.GenerateSpec;
import dev.temper.contract.RunSpecJson;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Questions put to what a run has trained, described by a generate spec. */
@Component
class GenerateKind implements RunKind {
    @Override
    public String name() {
        return GenerateSpec.KIND;
    }

    @Override
    public void check(String spec) {
        RunSpecJson.whole(JsonMapper.shared().readTree(spec), GenerateSpec.class);
    }
}
