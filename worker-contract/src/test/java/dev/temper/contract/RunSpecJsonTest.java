package dev.temper.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSpecJsonTest {
    private static final String LEAST = """
            {"model": {"path": "base"}, "data": {"train": [{"path": "rows.json"}]}}
            """;

    @Test
    void saysOnlyWhatDiffersFromTheDefaults() {
        RunSpec spec = RunSpecJson.read(LEAST);

        assertThat(spec)
                .isEqualTo(Defaults.run(
                        Defaults.model("base"), Defaults.lora(), Defaults.data(List.of(DataSource.of("rows.json")))));
    }

    @Test
    void defaultsFollowTheMethod() {
        RunSpec spec = RunSpecJson.read("""
                {"model": {"path": "base"}, "data": {"train": [{"path": "rows.json"}]},
                 "method": {"type": "partial", "freezeTrainableLayers": -3}}
                """);

        assertThat(spec.method()).isEqualTo(new MethodSpec.Partial(-3, List.of("all"), List.of(), false));
        assertThat(spec.optimiser().learningRate()).isEqualTo(5e-5);
    }

    @Test
    void alphaFollowsTheRank() {
        RunSpec spec = RunSpecJson.read("""
                {"model": {"path": "base"}, "data": {"train": [{"path": "rows.json"}]},
                 "method": {"type": "lora", "rank": 64, "useRslora": true}}
                """);

        assertThat(((MethodSpec.Lora) spec.method()).scale()).isEqualTo(16);
    }

    @Test
    void whatIsWrittenIsReadBackTheSame() {
        RunSpec spec = RunSpecJson.read("""
                {"model": {"path": "base"},
                 "data": {"train": [{"path": "a.json", "columns": {"prompt": "question"}, "weight": 2}],
                          "valSize": 0.1, "shuffleSeed": 7},
                 "method": {"type": "lora", "loraplusLrRatio": 16},
                 "schedule": {"type": "cosine_with_restarts", "arguments": {"num_cycles": 2}},
                 "evaluation": {"interval": "steps"}}
                """);

        assertThat(RunSpecJson.read(RunSpecJson.write(spec))).isEqualTo(spec);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "learningrate": 1                       | spec_unknown_key     | learningrate
            "optimiser": {"learnignRate": 1}        | spec_unknown_key     | optimiser.learningRate
            "method": {"type": "lora", "rnak": 4}   | spec_unknown_key     | method.rank
            "optimiser": {"learningRate": "fast"}   | spec_wrong_type      | optimiser.learningRate
            "batch": {"perDeviceTrainBatchSize": 1.5} | spec_wrong_type    | batch.perDeviceTrainBatchSize
            "method": {"type": "lora", "target": "q"} | spec_wrong_type    | method.target
            "method": {"type": "lora", "rank": 0}   | spec_invalid_value   | method.rank
            "method": {"type": "lora", "alpha": "x"} | spec_wrong_type     | method.alpha
            "method": {"type": "qlora"}             | spec_invalid_value   | method.type
            "stage": "dpo"                          | spec_invalid_value   | sft, pretrain
            "compute": {"device": "tpu"}            | spec_invalid_value   | compute.device
            "schedule": {"numTrainEpochs": 0}       | spec_invalid_value   | schedule.numTrainEpochs
            "evaluation": {"interval": "steps"}     | spec_invalid_value   | data.valSize
            "version": 2                            | spec_version_unsupported | version 2
            """)
    void namesTheKeyThatIsWrong(String entry, String code, String mention) {
        String json = LEAST.strip().replaceFirst("\\{", "{" + entry + ", ");

        CodedException e = catchThrowableOfType(CodedException.class, () -> RunSpecJson.read(json));

        assertThat(e.code()).isEqualTo(code);
        assertThat(e.getMessage() + e.remedy()).contains(mention);
        assertThat(e.category()).isEqualTo(CodedException.Category.USER);
    }

    @Test
    void tellsAllWrongKeysAtOnce() {
        CodedException e = catchThrowableOfType(
                CodedException.class, () -> RunSpecJson.read("{\"modle\": {}, \"seed\": \"x\", \"data\": {}}"));

        assertThat(e.code()).isEqualTo("spec_invalid");
        assertThat(e.getMessage()).contains("modle", "seed", "model.path", "data.train[0].path");
    }

    @Test
    void saysWhereAFileIsNotJson() {
        CodedException e =
                catchThrowableOfType(CodedException.class, () -> RunSpecJson.read("{\n\"model\": {\"path\": }}"));

        assertThat(e.code()).isEqualTo("spec_not_json");
        assertThat(e.getMessage()).contains("line 2");
    }
}
