package dev.temper.platform.job;

import dev.temper.contract.ExportSpec;
import dev.temper.contract.RunSpecJson;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Another format made of what a run has trained, described by an export spec. */
@Component
class ExportKind implements RunKind {
    @Override
    public String name() {
        return ExportSpec.KIND;
    }

    @Override
    public void check(String spec) {
        RunSpecJson.whole(JsonMapper.shared().readTree(spec), ExportSpec.class);
    }
}
