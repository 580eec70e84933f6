package dev.temper.platform.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.recipe.RecipeJson;
import dev.temper.data.recipe.StepKinds;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.common.Cursors;
import dev.temper.platform.common.ErrorTexts;
import dev.temper.platform.common.IfMatch;
import dev.temper.platform.dataset.RecipeSteps.SettingView;
import dev.temper.platform.tenant.Role;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PlatformTest
class RecipesTest {
    private static final Recipe TIDY = RecipeJson.read("{\"version\":1,\"steps\":[{\"step\":\"normalise\"}]}");
    private static final Recipe TIDIER = RecipeJson.read(
            "{\"version\":1,\"steps\":[{\"step\":\"normalise\",\"nfc\":false},{\"step\":\"filter_empty\"}]}");

    @Autowired
    private World world;

    @Autowired
    private Recipes recipes;

    @Autowired
    private Cursors cursors;

    private Inhabitant ours;

    @BeforeEach
    void tenant() {
        ours = world.owner();
    }

    @Test
    void aChangeOfStepsMakesAVersionAndAChangeOfNameDoesNot() {
        RecipeView first = ours.does(() -> recipes.create("Tidy", "", TIDY, null, List.of()));
        RecipeView renamed = ours.does(
                () -> recipes.change(first.id(), new RecipeChange("Tidy up", null, TIDY, null), new IfMatch(null)));
        RecipeView changed = ours.does(
                () -> recipes.change(first.id(), new RecipeChange(null, null, TIDIER, null), new IfMatch(null)));

        assertThat(List.of(first.number(), renamed.number(), changed.number())).containsExactly(1, 1, 2);
        assertThat(changed.name()).isEqualTo("Tidy up");
        List<RecipeVersionView> versions = ours.does(
                        () -> recipes.versions(first.id(), cursors.query(10, null, "versions")))
                .items();
        assertThat(versions).extracting(RecipeVersionView::number).containsExactly(2, 1);
        assertThat(versions.getLast().recipe()).contains("normalise").doesNotContain("filter_empty");
    }

    @Test
    void aNameIsGivenOnceAndAnOldVersionIsNotChanged() {
        RecipeView first = ours.does(() -> recipes.create("Tidy", "", TIDY, null, List.of()));
        assertThatThrownBy(() -> ours.does(() -> recipes.create("Tidy", "", TIDIER, null, List.of())))
                .hasMessageContaining("recipe_name_taken");
        assertThatThrownBy(() -> ours.does(() ->
                        recipes.change(first.id(), new RecipeChange("x", null, null, null), new IfMatch(List.of(7L)))))
                .hasMessageContaining("edit_conflict");
    }

    @Test
    void oneIsChosenByNameOfAPresetByIdOrAsJson() {
        RecipeView kept = ours.does(() -> recipes.create("Tidy", "", TIDY, null, List.of()));
        assertThat(ours.does(() -> recipes.chosen("none"))).isEqualTo(Recipe.EMPTY);
        assertThat(ours.does(() -> recipes.chosen("clean")).steps())
                .extracting(step -> step.kind().name())
                .containsExactly("normalise", "filter_empty", "exact_duplicates", "personal_data");
        assertThat(ours.does(() -> recipes.chosen(kept.id().toString())).name()).isEqualTo("Tidy v1");
        assertThat(ours.does(() -> recipes.chosen(RecipeJson.write(TIDIER))).steps())
                .hasSize(2);
        assertThatThrownBy(() -> ours.does(() -> recipes.chosen("spotless"))).hasMessageContaining("recipe_unknown");
    }

    @Test
    void anothersRecipeIsNotThereAndReadersKeepNone() {
        RecipeView kept = ours.does(() -> recipes.create("Tidy", "", TIDY, null, List.of()));
        Inhabitant theirs = world.owner();
        assertThatThrownBy(() -> theirs.does(() -> recipes.get(kept.id()))).hasMessageContaining("not_found");
        assertThatThrownBy(() -> theirs.does(() -> recipes.chosen(kept.id().toString())))
                .hasMessageContaining("recipe_unknown");
        Inhabitant reader = world.member(ours.tenant(), Role.VIEWER);
        assertThatThrownBy(() -> reader.does(() -> recipes.create("Mine", "", TIDY, null, List.of())))
                .hasMessageContaining("action_not_allowed");
    }

    @Test
    void aDeletedRecipeIsGoneWithItsVersions() {
        RecipeView kept = ours.does(() -> recipes.create("Tidy", "", TIDY, null, List.of()));
        ours.does(() -> {
            recipes.delete(kept.id(), new IfMatch(null));
            return kept;
        });
        assertThatThrownBy(() -> ours.does(() -> recipes.get(kept.id()))).hasMessageContaining("not_found");
    }

    @Test
    void everyStepAndSettingAndChoiceHasWordsInBothLanguages() {
        assertThat(RecipeSteps.all(Locale.ENGLISH)).hasSameSizeAs(StepKinds.all());
        for (Locale locale : ErrorTexts.LOCALES) {
            Stream<SettingView> settings = RecipeSteps.all(locale).stream().flatMap(step -> step.settings().stream());
            assertThat(settings).allSatisfy(setting -> {
                assertThat(setting.title()).isNotBlank();
                assertThat(setting.help()).isNotBlank();
                assertThat(setting.choices())
                        .allSatisfy(choice -> assertThat(choice.title()).isNotBlank());
            });
        }
        assertThat(new TreeSet<>(
                        ErrorTexts.bundle("steps", Locale.SIMPLIFIED_CHINESE).keySet()))
                .isEqualTo(
                        new TreeSet<>(ErrorTexts.bundle("steps", Locale.ENGLISH).keySet()));
    }
}
