package dev.temper.platform.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.contract.link.FileRef;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.Ids;
import dev.temper.platform.model.BaseModelTable.Coming;
import dev.temper.platform.tenant.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Imports from a hub that the test runs. */
@PlatformTest
class HubImportTest {
    private static final Path MINI = Path.of("../models/temper-mini");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Autowired
    private World world;

    @Autowired
    private BaseModels models;

    @Autowired
    private BaseModelTable table;

    @Autowired
    private ModelHome home;

    @Autowired
    private Secrets secrets;

    private final HubServer hub = new HubServer();
    private Inhabitant ours;

    @BeforeEach
    void fill() throws IOException {
        ours = world.owner();
        hub.with(MINI);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aRepositoryBecomesAModelWithItsLicence() {
        BaseModelView model = imported("", "");

        assertThat(model.failure()).isNull();
        assertThat(model.state()).isEqualTo(BaseModelState.READY);
        assertThat(model.usable()).isTrue();
        assertThat(model.origin()).isEqualTo("maker/model@" + HubServer.COMMIT.substring(0, 12));
        assertThat(model.licence().name()).isEqualTo("apache-2.0");
        assertThat(model.licence().commercialUse()).isEqualTo(CommercialUse.YES);
        assertThat(ours.does(() -> models.files(model.id())))
                .extracting(FileRef::path)
                .contains("config.json", "model.safetensors", "tokenizer.json")
                .doesNotContain("README.md", "1-pretrain.json");
        assertThat(hub.asked).noneMatch(file -> file.startsWith("README.md"));
    }

    @Test
    void whatBreaksOffGoesOnWhereItDid() {
        hub.breaksAfter = 1_000_000;

        BaseModelView model = imported("", "");

        assertThat(model.state()).isEqualTo(BaseModelState.READY);
        List<String> weights = hub.asked.stream()
                .filter(file -> file.startsWith("model.safetensors"))
                .toList();
        assertThat(weights).hasSize(2).first().isEqualTo("model.safetensors@0");
        assertThat(weights.getLast()).isNotEqualTo("model.safetensors@0");
    }

    @Test
    void aGatedRepositoryWantsATokenWhichTheStorageNeverSees() {
        hub.token = "hf_secret";
        hub.licence = "llama3.2";

        assertFailed(imported("", ""), "hub_access_refused");
        BaseModelView model = imported("", "hf_secret");

        assertThat(model.state()).isEqualTo(BaseModelState.READY);
        assertThat(model.licence().commercialUse()).isEqualTo(CommercialUse.CONDITIONS);
        assertThat(model.licence().gated()).isTrue();
        assertThat(model.usable()).isFalse();
        assertThat(hub.tokensAtStorage).isEmpty();
        assertThat(ours.does(() -> home.reading(() -> table.token(model.id())))).isEmpty();
    }

    @Test
    void weightsThatAreNotWhatTheHubSaysAreNotKept() {
        hub.lying("model.safetensors");

        assertFailed(imported("", ""), "hub_file_damaged");
    }

    @Test
    void picklesAreRefusedByTheirNames() {
        hub.without("model.safetensors").with("pytorch_model.bin", new byte[100]);

        assertFailed(imported("", ""), "weights_are_pickled");
        assertThat(hub.asked).noneMatch(file -> file.startsWith("pytorch_model.bin"));
    }

    @Test
    void anArchitectureThatIsNotKnownIsToldAtOnce() {
        hub.with("config.json", "{\"model_type\":\"rwkv\"}".getBytes(StandardCharsets.UTF_8));

        BaseModelView model = imported("", "");

        assertFailed(model, "model_architecture_unsupported");
        assertThat(Objects.requireNonNull(model.failure()).message()).doesNotContain("/staging/");
    }

    @Test
    void whereThereAreSeveralGgufFilesOneHasToBeNamed() {
        hub.without("model.safetensors").with("a.Q4.gguf", new byte[8]).with("a.Q8.gguf", new byte[8]);

        assertFailed(imported("", ""), "hub_file_ambiguous");
        assertFailed(imported("a.Q5.gguf", ""), "hub_file_missing");
        assertFailed(imported("a.Q4.gguf", ""), "gguf_malformed");
    }

    @Test
    void theHubMayNotLeadIntoPrivateNetworks() {
        assertFailed(imported("", "", false), "hub_unavailable");
    }

    private static void assertFailed(BaseModelView model, String code) {
        assertThat(model.state()).isEqualTo(BaseModelState.FAILED);
        assertThat(Objects.requireNonNull(model.failure()).code()).isEqualTo(code);
    }

    private BaseModelView imported(String file, String token) {
        return imported(file, token, true);
    }

    private BaseModelView imported(String file, String token, boolean allowPrivate) {
        UUID id = Ids.next();
        String name = "fetched-" + NUMBER.incrementAndGet();
        ModelImportRun run = new ModelImportRun(
                table,
                home,
                new RegistrySettings(
                        Path.of("models"),
                        null,
                        List.of(),
                        new RegistrySettings.Hub(hub.endpoint(), null, allowPrivate)),
                secrets);
        return ours.does(() -> {
            home.reading(() -> table.insert(
                    new Coming(
                            id,
                            false,
                            name,
                            "",
                            new Origin.Hub("maker/model", "main", file, ""),
                            Licence.UNKNOWN,
                            ours.userId()),
                    token.isEmpty() ? null : secrets.encrypt(id, token)));
            run.run(id, () -> false);
            return models.get(id);
        });
    }
}
