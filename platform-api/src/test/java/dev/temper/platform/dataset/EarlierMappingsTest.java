package dev.temper.platform.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.temper.data.recipe.Recipe;
import dev.temper.data.shape.Mapping;
import dev.temper.data.shape.MappingJson;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.IfMatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PlatformTest
class EarlierMappingsTest {
    private static final Mapping BY_HAND = MappingJson.read(
            "{\"shape\":\"columns\",\"fields\":{\"user\":\"{{frage}}?\",\"assistant\":\"{{antwort}}\"},\"keep\":[]}");

    @Autowired
    private World world;

    @Autowired
    private Imports imports;

    @Autowired
    private Recipes recipes;

    @Autowired
    private Blobs blobs;

    private Inhabitant ours;

    @BeforeEach
    void tenant() {
        ours = world.owner();
    }

    @Test
    void aFileLikeTheLastIsOfferedTheSameMapping() {
        ImportView first = waiting("frage,antwort\nWas,Das\n");
        assertThat(first.proposal()).contains("longest_texts");
        ours.does(() -> imports.map(first.id(), BY_HAND));
        until(first, ImportState.SUCCEEDED);

        ImportView second = waiting("frage,antwort\nWo,Dort\n");
        assertThat(second.proposal()).contains("as_last_time", "{{frage}}?", "faq.csv");
        ImportView other = waiting("frage,antwort,kapitel\nWo,Dort,drei\n");
        assertThat(other.proposal()).doesNotContain("as_last_time");
    }

    @Test
    void aMappingKeptWithARecipeIsOfferedToo() {
        RecipeView kept =
                ours.does(() -> recipes.create("FAQ", "", Recipe.EMPTY, BY_HAND, List.of("frage", "antwort")));
        assertThat(waiting("frage,antwort\nWo,Dort\n").proposal()).contains("as_last_time", "{{frage}}?", "FAQ");
        ours.does(() -> {
            recipes.delete(kept.id(), new IfMatch(null));
            return kept;
        });
        assertThat(waiting("frage,antwort\nWo,Dort\n").proposal()).doesNotContain("as_last_time");
    }

    private ImportView waiting(String csv) {
        return until(
                ours.does(() -> imports.start(new Imports.Wanted(
                        null,
                        null,
                        "faq.csv",
                        blobs.store(out -> out.write(csv.getBytes(StandardCharsets.UTF_8))),
                        null,
                        Recipe.EMPTY))),
                ImportState.MAPPING_NEEDED);
    }

    private ImportView until(ImportView started, ImportState state) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> ours.does(() -> imports.get(started.id())), view -> view.state() == state);
    }
}
