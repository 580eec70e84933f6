package dev.temper.trainer.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.RunSpec;
import dev.temper.contract.link.LinkJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class LeasedSpecTest {
    @TempDir
    private Path machine;

    private Path folder;
    private Path shared;

    @BeforeEach
    void aMachine() throws IOException {
        folder = Files.createDirectories(machine.resolve("runs/one"));
        shared = Files.createDirectories(machine.resolve("models"));
        Files.createDirectory(shared.resolve("base"));
        Files.writeString(folder.resolve("rows.jsonl"), "{}");
        Files.writeString(machine.resolve("secret.jsonl"), "{}");
    }

    @Test
    void itsPathsAreTheRunsOwnOrSharedAndWhatIsLeftOpenIsItsShare() throws IOException {
        RunSpec spec = LeasedSpec.of(spec("base", "rows.jsonl"), folder, share());

        assertThat(spec.model().path()).isEqualTo(shared.resolve("base").toString());
        assertThat(spec.data().train().getFirst().path())
                .isEqualTo(folder.resolve("rows.jsonl").toString());
        assertThat(spec.compute().threads()).isEqualTo(3);
        assertThat(spec.compute().memoryBudget()).isEqualTo(1 << 30);
        assertThat(LeasedSpec.of(spec(shared.resolve("base").toString(), "rows.jsonl"), folder, share())
                        .model()
                        .path())
                .as("an address in a shared folder")
                .isEqualTo(shared.resolve("base").toString());
    }

    @Test
    void nothingElseOfTheMachineIsOpened() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.jsonl"), machine.resolve("secret.jsonl"));
        for (String path : List.of(
                "link.jsonl",
                "../../secret.jsonl",
                machine.resolve("secret.jsonl").toString(),
                "/etc/passwd",
                "absent",
                "a\0b")) {
            assertThatThrownBy(() -> LeasedSpec.of(spec("base", path), folder, share()))
                    .as(path)
                    .hasMessageContaining("was not given");
        }
    }

    private LeasedSpec.Share share() {
        return new LeasedSpec.Share(3, 1 << 30, List.of(shared));
    }

    private static ObjectNode spec(String model, String rows) {
        ObjectNode spec = (ObjectNode) LinkJson.document("{\"version\":1,\"name\":\"n\"}");
        spec.withObject("/model").put("path", model);
        spec.withObject("/data").withArray("train").addObject().put("path", rows);
        return spec;
    }
}
