package dev.temper.data.recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What one step of a run finds around it.
 *
 * @param index of the step in the recipe, from 0
 * @param saved what the step said when the run was last saved; empty at the first row
 */
public record StepContext(RecipeContext run, int index, Optional<JsonNode> saved) {
    /** The step's own folder, made when it is asked for. */
    public Path folder() {
        try {
            return Files.createDirectories(run.folder().resolve("step-" + index));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
