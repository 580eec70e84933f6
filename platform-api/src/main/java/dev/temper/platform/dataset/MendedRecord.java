package dev.temper.platform.dataset;

import dev.temper.data.read.DataFile;
import dev.temper.data.read.ReadCode;
import dev.temper.data.row.LeftOut;
import dev.temper.data.row.Place;
import dev.temper.data.shape.Mapping;
import dev.temper.data.shape.Outcome;
import dev.temper.data.shape.Rows;
import dev.temper.data.shape.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes rows of what a person has mended, as the import would have made them. */
final class MendedRecord {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Mapping mapping;
    private final Path folder;

    MendedRecord(Mapping mapping, Path folder) {
        this.mapping = mapping;
        this.folder = folder;
    }

    List<Outcome> outcomes(LeftOutRow was, JsonNode content) throws IOException {
        Place place = new Place(was.file(), was.within(), was.line(), null);
        if (canonical(JSON.readTree(was.content()))) {
            // A step of the recipe left it out, and by then it was a row already.
            return List.of(placed(Rows.outcome(content, place, Mapping.of(Shape.CANONICAL)), place));
        }
        if (mapping.shape() == Shape.EXAM_TEXT) {
            return asked(
                    content.isString()
                            ? content.stringValue()
                            : content.path("text").asString(""),
                    place);
        }
        if (!content.isString()) {
            return List.of(Rows.outcome(content, place, mapping));
        }
        try {
            return List.of(Rows.outcome(JSON.readTree(content.stringValue()), place, mapping));
        } catch (JacksonException noJson) {
            if (mapping.shape() == Shape.TEXT) {
                JsonNode record = JsonNodeFactory.instance.objectNode().set("text", content);
                return List.of(Rows.outcome(record, place, mapping));
            }
            Map<String, Object> facts = Map.of("reason", noJson.getOriginalMessage());
            return List.of(new Outcome.Left(new LeftOut(place, ReadCode.RECORD_BROKEN.code(), facts, content)));
        }
    }

    static boolean canonical(JsonNode content) {
        JsonNode meta = content.path("meta");
        return meta.has("file") && meta.has("line") && (content.has("messages") || content.has("text"));
    }

    /** Running text is read by its lines, and what it becomes stands where the old text stood. */
    private List<Outcome> asked(String text, Place place) throws IOException {
        Path file = Files.writeString(folder.resolve("mended.txt"), text.strip() + "\n");
        List<Outcome> outcomes = new ArrayList<>();
        try (Rows rows = Rows.open(DataFile.of(file, "mended.txt").with(folder), Mapping.of(Shape.EXAM_TEXT), 0)) {
            for (Outcome outcome = rows.next(); outcome != null; outcome = rows.next()) {
                outcomes.add(placed(outcome, place));
            }
        }
        return outcomes;
    }

    private static Outcome placed(Outcome outcome, Place place) {
        return switch (outcome) {
            case Outcome.Kept kept -> new Outcome.Kept(kept.row().at(place));
            case Outcome.Left left -> left;
        };
    }
}
