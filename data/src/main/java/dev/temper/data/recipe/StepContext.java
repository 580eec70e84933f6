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
 * @param name of the step's folder, after its place in the recipe
 * @param saved what the step said when the run was last saved; empty at the first row
 */
public record StepContext(RecipeContext run, String name, Optional<JsonNode> saved) {
    /** That of a part of the step, whose state lies in the step's own under {@code part}. */
    public StepContext inner(String part) {
        return new StepContext(run, name + "/" + part, saved.map(state -> state.path(part)));
    }

    /** The step's own folder, made when it is asked for. */
    public Path folder() {
        try {
            return Files.createDirectories(run.folder().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
