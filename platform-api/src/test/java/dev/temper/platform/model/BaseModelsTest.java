package dev.temper.platform.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.temper.contract.link.FileRef;
import dev.temper.model.weights.BaseModel;
import dev.temper.model.weights.ElementType;
import dev.temper.model.weights.GgufExport;
import dev.temper.model.weights.ModelWeights;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.blob.UploadView;
import dev.temper.platform.blob.Uploads;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.dataset.Tokenizers;
import dev.temper.platform.model.ModelImports.Wanted;
import dev.temper.platform.tenant.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

@PlatformTest
class BaseModelsTest {
    private static final Path MINI =
            Path.of("../models/temper-mini").toAbsolutePath().normalize();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Licence GATED =
            new Licence("Llama-3.2", "https://example.org/licence", "Be good.", CommercialUse.CONDITIONS, true);

    @TempDir
    private Path folder;

    @Autowired
    private World world;

    @Autowired
    private BaseModels models;

    @Autowired
    private ModelImports imports;

    @Autowired
    private Tokenizers tokenizers;

    @Autowired
    private Uploads uploads;

    private Inhabitant ours;

    @BeforeEach
    void tenant() {
        ours = world.owner();
    }

    @Test
    void whatComesWithThePlatformIsThereForEveryTenant() {
        BaseModelView mini = ours.does(() -> models.byName("temper-mini"));

        assertThat(mini.state()).isEqualTo(BaseModelState.READY);
        assertThat(mini.shared()).isTrue();
        assertThat(mini.usable()).isTrue();
        ModelSummary facts = Objects.requireNonNull(mini.facts());
        assertThat(facts.architecture()).isEqualTo("llama");
        assertThat(facts.contextLength()).isEqualTo(512);
        assertThat(facts.chatTemplate()).isTrue();
        assertThat(facts.memory()).hasSize(4).allMatch(need -> need.bytes() > facts.bytes());
        assertThat(ours.does(() -> models.files(mini.id())))
                .extracting(FileRef::path)
                .contains("config.json", "model.safetensors", "tokenizer.json")
                .doesNotContain("README.md", "1-pretrain.json");
        assertThat(ours.does(tokenizers::models)).contains("temper-mini");
    }

    @Test
    void aGgufFileBecomesAModelOfTheTenantsOwn() throws IOException {
        BaseModelView own = imported(Files.readAllBytes(gguf()));

        assertThat(own.failure()).isNull();
        assertThat(own.state()).isEqualTo(BaseModelState.READY);
        assertThat(Objects.requireNonNull(own.facts()).format()).isEqualTo("gguf");
        UsableModel usable = ours.does(() -> models.require(own.name()));
        assertThat(usable.path()).startsWith("model/").endsWith(".gguf");
        assertThat(usable.files())
                .singleElement()
                .satisfies(file -> assertThat(file.path()).isEqualTo(usable.path()));
        String text = "中国的首都是北京。 One and two.";
        assertThat(ours.does(() -> tokenizers.find(own.name()).encode(text)))
                .isEqualTo(ours.does(() -> tokenizers.find("temper-mini").encode(text)));
        Inhabitant others = world.owner();
        assertThatThrownBy(() -> others.does(() -> models.get(own.id()))).hasMessageContaining("not_found");
        assertThatThrownBy(() -> others.does(() -> models.require(own.name())))
                .hasMessageContaining("There is no base model");
    }

    @Test
    void aDamagedFileSaysSoWithoutTheFoldersOfTheMachine() throws IOException {
        byte[] whole = Files.readAllBytes(gguf());
        BaseModelView own = imported(Arrays.copyOf(whole, whole.length / 2));

        assertThat(own.state()).isEqualTo(BaseModelState.FAILED);
        ImportFailure failure = Objects.requireNonNull(own.failure());
        assertThat(failure.code()).isEqualTo("gguf_malformed");
        assertThat(failure.message() + failure.facts()).doesNotContain("/content/", "/staging/");
        assertThatThrownBy(() -> ours.does(() -> models.require(own.name()))).hasMessageContaining("model_not_ready");
        assertThat(ours.does(() -> imports.again(own.id())).state()).isEqualTo(BaseModelState.IMPORTING);
    }

    @Test
    void aGatedModelWaitsForATenantsAdminAndForEachWording() throws IOException {
        BaseModelView own = imported(Files.readAllBytes(gguf()));
        BaseModelView gated = ours.does(() -> models.change(own.id(), new BaseModels.Change(null, GATED), IfMatch.ANY));
        Inhabitant member = world.member(ours.tenant(), Role.MEMBER);

        assertThat(gated.usable()).isFalse();
        assertThatThrownBy(() -> member.does(() -> models.require(own.name())))
                .hasMessageContaining("licence_not_accepted");
        assertThatThrownBy(() -> member.does(() -> models.accept(own.id()))).hasMessageContaining("action_not_allowed");

        BaseModelView accepted = ours.does(() -> models.accept(own.id()));
        assertThat(Objects.requireNonNull(accepted.acceptance()).by()).isEqualTo(ours.email());
        assertThat(member.does(() -> models.require(own.name())).id()).isEqualTo(own.id());

        Licence reworded = new Licence(GATED.name(), GATED.url(), "Be better.", GATED.commercialUse(), true);
        ours.does(() -> models.change(own.id(), new BaseModels.Change(null, reworded), IfMatch.ANY));
        assertThatThrownBy(() -> member.does(() -> models.require(own.name())))
                .hasMessageContaining("licence_not_accepted");
    }

    @Test
    void aWithdrawnModelIsKeptAndNotBegunWith() throws IOException {
        BaseModelView own = imported(Files.readAllBytes(gguf()));
        ours.does(() -> models.withdraw(own.id(), IfMatch.ANY));

        assertThatThrownBy(() -> ours.does(() -> models.require(own.name()))).hasMessageContaining("model_withdrawn");
        BaseModelView back = ours.does(() -> models.restore(own.id(), IfMatch.ANY));
        assertThat(back.usable()).isTrue();
        ours.does(() -> {
            models.delete(own.id(), IfMatch.ANY);
            return own;
        });
        assertThatThrownBy(() -> ours.does(() -> models.get(own.id()))).hasMessageContaining("not_found");
    }

    /** Every folder of the machine would be readable otherwise. */
    @Test
    void foldersAreImportedOnlyWhereTheSettingsSayAndByWhomThePlatformBelongsTo() {
        Wanted wanted = new Wanted("mine", true, "", Licence.UNKNOWN);

        assertThatThrownBy(() -> ours.does(() -> imports.fromFolder(MINI.toString(), wanted)))
                .hasMessageContaining("action_not_allowed");
        assertThatThrownBy(() -> Caller.system("test").call(() -> imports.fromFolder(MINI.toString(), wanted)))
                .hasMessageContaining("model_folder_not_allowed");
    }

    @Test
    void aSharedModelIsThePlatformsToChange() {
        BaseModelView mini = ours.does(() -> models.byName("temper-mini"));

        assertThatThrownBy(() -> ours.does(() -> models.withdraw(mini.id(), IfMatch.ANY)))
                .hasMessageContaining("action_not_allowed");
        assertThatThrownBy(() -> ours.does(() -> imports.fromUpload(
                        upload(new byte[] {1}, "temper-mini.gguf"), new Wanted("", false, "", Licence.UNKNOWN))))
                .hasMessageContaining("model_name_taken");
    }

    private BaseModelView imported(byte[] bytes) {
        String name = "own-" + NUMBER.incrementAndGet();
        BaseModelView begun = ours.does(
                () -> imports.fromUpload(upload(bytes, name + ".gguf"), new Wanted("", false, "", Licence.UNKNOWN)));
        assertThat(begun.name()).isEqualTo(name);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ours.does(() -> models.get(begun.id())).state() != BaseModelState.IMPORTING);
        return ours.does(() -> models.get(begun.id()));
    }

    private UUID upload(byte[] bytes, String name) {
        UploadView begun = uploads.begin(name, bytes.length, null);
        for (int part = 0; part * Uploads.PART_SIZE < bytes.length; part++) {
            int from = part * Uploads.PART_SIZE;
            byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + Uploads.PART_SIZE));
            uploads.part(begun.id(), part, new ByteArrayInputStream(piece), null);
        }
        return uploads.finish(begun.id()).id();
    }

    /** The model in the box as one file. */
    private Path gguf() {
        Path target = folder.resolve("mini.gguf");
        try (BaseModel mini = BaseModel.open(MINI)) {
            new GgufExport(mini, ModelWeights.of(mini), ElementType.Q8_0, "mini").write(target);
        }
        return target;
    }
}
