package dev.temper.data.shape;

import dev.temper.data.read.ReadSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the records of a file become rows. Saved as JSON ({@link MappingJson}) and used again on other files.
 *
 * @param shape the form the records have
 * @param fields which column fills which field of the shape, as templates such as <code>{{question}}\n{{options}}</code>;
 *     a field that is not named is filled by the column of its own name. {@link Shape#COLUMNS} takes nothing by itself
 * @param keep the other columns that stay with the row; null for all of them
 * @param reading how the file is to be read
 */
public record Mapping(
        Shape shape, Map<String, Template> fields, @Nullable List<String> keep, ReadSettings reading) {
    public Mapping {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        keep = keep == null ? null : List.copyOf(keep);
    }

    public static Mapping of(Shape shape) {
        return new Mapping(shape, Map.of(), null, ReadSettings.AUTOMATIC);
    }

    public Mapping fields(Map<String, Template> others) {
        return new Mapping(shape, others, keep, reading);
    }

    public Mapping reading(ReadSettings other) {
        return new Mapping(shape, fields, keep, other);
    }
}
