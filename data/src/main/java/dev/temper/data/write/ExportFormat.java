package dev.temper.data.write;

import java.util.Locale;
import java.util.Optional;

/** The forms in which rows leave. */
public enum ExportFormat {
    /** A JSON array of {@code instruction, input, output}. */
    ALPACA("json", "application/json"),
    /** A JSON array of {@code conversations}. */
    SHAREGPT("json", "application/json"),
    /** A line of {@code messages} a row. */
    OPENAI("jsonl", "application/jsonl"),
    /** A table; what its columns can't hold stands in the last one as JSON. */
    CSV("csv", "text/csv"),
    /** A line of our own form a row, with the place it came from. */
    CANONICAL("jsonl", "application/jsonl");

    private final String extension;
    private final String mediaType;

    ExportFormat(String extension, String mediaType) {
        this.extension = extension;
        this.mediaType = mediaType;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How the names of such files end, without the dot. */
    public String extension() {
        return extension;
    }

    public String mediaType() {
        return mediaType;
    }

    public static Optional<ExportFormat> of(String id) {
        for (ExportFormat format : values()) {
            if (format.id().equals(id)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
