package dev.temper.platform.task;

import static org.awaitility.Awaitility.await;

import dev.temper.data.recipe.Recipe;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.dataset.ImportState;
import dev.temper.platform.dataset.ImportView;
import dev.temper.platform.dataset.Imports;
import dev.temper.platform.task.TaskRequest.Ingredient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What tests of tasks begin with: rows brought in, and a task asked for on them. */
@Component
class TaskGround {
    static final String ROWS = """
            {"instruction":"你好","output":"您好"}
            {"instruction":"a","output":"b"}
            """;

    private final Imports imports;
    private final Blobs blobs;

    TaskGround(Imports imports, Blobs blobs) {
        this.imports = imports;
        this.blobs = blobs;
    }

    UUID version(Inhabitant whose, String rows) {
        ImportView started = whose.does(() -> {
            Blob blob = blobs.store(out -> out.write(rows.getBytes(StandardCharsets.UTF_8)));
            return imports.start(new Imports.Wanted(null, null, "rows.jsonl", blob, null, Recipe.EMPTY));
        });
        await().atMost(Duration.ofSeconds(20))
                .until(() -> whose.does(() -> imports.get(started.id())).state() == ImportState.SUCCEEDED);
        return Objects.requireNonNull(
                whose.does(() -> imports.get(started.id())).resultVersion());
    }

    static TaskRequest asking(UUID version, String settings) {
        return new TaskRequest(
                "Trial",
                "temper-mini",
                List.of(new Ingredient(version, 1)),
                settings,
                "default",
                1,
                Duration.ofHours(1),
                50);
    }
}
