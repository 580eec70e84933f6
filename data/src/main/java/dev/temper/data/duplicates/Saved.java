package dev.temper.data.duplicates;

import dev.temper.data.recipe.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where an index stood when the run was last saved. Rows that a crash left in the files beyond {@code count} are not
 * counted: their numbers are given again.
 */
record Saved(Path folder, int count, Places places) {
    static Saved of(StepContext context) {
        Path folder = context.folder();
        if (context.saved().isEmpty()) {
            clear(folder);
            return new Saved(folder, 0, new Places());
        }
        JsonNode saved = context.saved().orElseThrow();
        return new Saved(folder, saved.path("rows").asInt(), Places.of(saved.path("sources")));
    }

    static ObjectNode node(int count, Places places) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("rows", count);
        node.set("sources", places.save());
        return node;
    }

    /** A run that begins again finds what its predecessor left before it was first saved. */
    private static void clear(Path folder) {
        try (Stream<Path> left = Files.list(folder)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
