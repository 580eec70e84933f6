package dev.temper.data.shape;

import dev.temper.data.read.DataFile;
import dev.temper.data.read.Detected;
import dev.temper.data.read.Item;
import dev.temper.data.read.Records;
import dev.temper.data.row.LeftOut;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a mapping makes of the first records of a file, before anybody commits to it.
 *
 * @param columns that these records have, in order
 */
public record MappingPreview(Detected detected, List<String> columns, List<Line> lines) {
    public MappingPreview {
        columns = List.copyOf(columns);
        lines = List.copyOf(lines);
    }

    /**
     * One record before and after.
     *
     * @param source as the file has it; null where a row is put together from several lines of running text
     */
    public record Line(@Nullable JsonNode source, Outcome outcome) {}

    /** @param most how many lines to show */
    public static MappingPreview of(DataFile file, Mapping mapping, int most) throws IOException {
        return mapping.shape() == Shape.EXAM_TEXT ? ofText(file, mapping, most) : ofRecords(file, mapping, most);
    }

    private static MappingPreview ofRecords(DataFile file, Mapping mapping, int most) throws IOException {
        Set<String> columns = new LinkedHashSet<>();
        List<Line> lines = new ArrayList<>();
        try (Records records = file.with(mapping.reading()).open()) {
            for (Item item = records.next(); item != null && lines.size() < most; item = records.next()) {
                switch (item) {
                    case Item.Value value -> {
                        columns.addAll(value.value().propertyNames());
                        lines.add(new Line(value.value(), Rows.outcome(value.value(), value.place(), mapping)));
                    }
                    case Item.Unreadable(LeftOut left) -> lines.add(new Line(left.content(), new Outcome.Left(left)));
                }
            }
            return new MappingPreview(records.detected(), List.copyOf(columns), lines);
        }
    }

    private static MappingPreview ofText(DataFile file, Mapping mapping, int most) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (Rows rows = Rows.open(file, mapping, 0)) {
            for (Outcome outcome = rows.next(); outcome != null && lines.size() < most; outcome = rows.next()) {
                lines.add(new Line(null, outcome));
            }
            return new MappingPreview(rows.detected(), List.of("text"), lines);
        }
    }
}
