package dev.temper.data.read;

import java.util.Locale;
import java.util.Optional;

/** What a file is, once unpacked. */
public enum FileFormat {
    JSON,
    JSONL,
    CSV,
    TSV,
    XLSX,
    PARQUET,
    TEXT,
    MARKDOWN,
    HTML,
    DOCX,
    PDF,
    ZIP;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<FileFormat> of(String id) {
        for (FileFormat format : values()) {
            if (format.id().equals(id)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** Whether its records are paragraphs of running text under the one name {@code text}. */
    public boolean isRunningText() {
        return switch (this) {
            case TEXT, MARKDOWN, HTML, DOCX, PDF -> true;
            case JSON, JSONL, CSV, TSV, XLSX, PARQUET, ZIP -> false;
        };
    }

    /** Whether it is made of characters, so that it has an encoding. */
    boolean isCharacters() {
        return switch (this) {
            case JSON, JSONL, CSV, TSV, TEXT, MARKDOWN, HTML -> true;
            case XLSX, PARQUET, DOCX, PDF, ZIP -> false;
        };
    }
}
