package dev.temper.platform.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.data.sample.Sample;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.tenant.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PlatformTest
class ValidationsTest {
    @Autowired
    private World world;

    @Autowired
    private Validations validations;

    @Autowired
    private Datasets datasets;

    @Autowired
    private Imports imports;

    @Autowired
    private Blobs blobs;

    @Autowired
    private Cursors cursors;

    private Inhabitant ours;

    @BeforeEach
    void tenant() {
        ours = world.owner();
    }

    @AfterEach
    void nothingIsKept() throws IOException {
        var first = cursors.query(10, null, "test");
        assertThat(ours.does(() -> datasets.list(first, null)).items()).isEmpty();
        assertThat(ours.does(() -> imports.list(first, null)).items()).isEmpty();
        assertThat(ours.does(blobs::used)).isZero();
        try (var staged = Files.list(blobs.folder().resolve("staging"))) {
            assertThat(staged.filter(file -> file.getFileName().toString().startsWith("validation-")))
                    .isEmpty();
        }
    }

    @Test
    void aFileIsJudgedAsAnImportWouldJudgeIt() {
        Validation made = validate("faq.jsonl", """
                {"instruction":"a","output":"b"}
                {"instruction":"a","output":""}
                {"instruction":"long","output":"%s"}
                """.formatted("word ".repeat(600)), Recipe.EMPTY, "temper-mini");

        assertThat(made.format()).isEqualTo("jsonl");
        assertThat(made.kind()).isEqualTo("conversation");
        assertThat(made.rows()).isEqualTo(3);
        assertThat(made.kept()
                        + made.reasons().values().stream().mapToLong(n -> n).sum())
                .isEqualTo(3);
        assertThat(made.leftOut()).singleElement().satisfies(left -> {
            assertThat(left.place().line()).isEqualTo(2);
            assertThat(left.message()).isNotBlank();
        });
        assertThat(made.proposal().certain()).isTrue();
        assertThat(made.sample()).hasSize(2);
        Validation.Tokens tokens = java.util.Objects.requireNonNull(made.tokens());
        assertThat(tokens.statistics().rows()).isEqualTo(2);
        assertThat(tokens.statistics().cut()).isEqualTo(1);
        assertThat(tokens.statistics().lostTokens()).isPositive();
        assertThat(tokens.statistics().usedTokens() + tokens.statistics().lostTokens())
                .isEqualTo(tokens.statistics().tokens());
    }

    @Test
    void theRecipeIsTriedToo() throws IOException {
        try (InputStream messy = Sample.SUPPORT_LOG.open()) {
            byte[] content = messy.readAllBytes();
            Validation made = ours.does(() -> validations.validate(new Validations.Wanted(
                    Sample.SUPPORT_LOG.fileName(),
                    file -> Files.write(file, content),
                    null,
                    Sample.cleaning(),
                    null,
                    null,
                    512)));
            assertThat(made.reasons()).isNotEmpty();
            assertThat(made.rows() + made.added())
                    .isEqualTo(made.kept()
                            + made.reasons().values().stream().mapToLong(n -> n).sum());
        }
    }

    @Test
    void whatCannotBeReadIsRefusedWithItsPlace() {
        assertThatThrownBy(
                        () -> validate("x.json", "[{\"instruction\":\"a\",\"output\":\"b\"},\n{", Recipe.EMPTY, null))
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> validate("x.jsonl", "{\"text\":\"a\"}", Recipe.EMPTY, "../models/temper-mini"))
                .hasMessageContaining("no base model");
        Inhabitant viewer = world.member(ours.tenant(), Role.VIEWER);
        assertThatThrownBy(() -> viewer.does(() -> validations.validate(wanted("x", "y", Recipe.EMPTY, null))))
                .hasMessageContaining("action_not_allowed");
    }

    @Test
    void aTableThatNobodyKnowsIsProposedSomething() {
        Validation made = validate(
                "faq.csv",
                "frage,antwort\nWas ist das?,Das ist ein Test.\n",
                RecipeJson.read("{\"version\":1,\"steps\":[]}"),
                null);
        assertThat(made.proposal().certain()).isFalse();
        assertThat(made.proposal().columns()).containsExactly("frage", "antwort");
    }

    private Validation validate(String name, String content, Recipe recipe, @Nullable String model) {
        return ours.does(() -> validations.validate(wanted(name, content, recipe, model)));
    }

    private static Validations.Wanted wanted(String name, String content, Recipe recipe, @Nullable String model) {
        return new Validations.Wanted(
                name, (Path file) -> Files.writeString(file, content), null, recipe, model, null, 512);
    }
}
