package dev.temper.platform.dataset;

import dev.temper.data.write.ExportFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The forms in which a version leaves: written row by row, or as it lies here. */
public enum ExportAs {
    ALPACA(ExportFormat.ALPACA),
    SHAREGPT(ExportFormat.SHAREGPT),
    OPENAI(ExportFormat.OPENAI),
    CSV(ExportFormat.CSV),
    CANONICAL(ExportFormat.CANONICAL),
    /** The version's own file, which any tool of the field reads. */
    PARQUET(null);

    private final @Nullable ExportFormat written;

    ExportAs(@Nullable ExportFormat written) {
        this.written = written;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How its rows are written; empty for the file as it lies here. */
    Optional<ExportFormat> written() {
        return Optional.ofNullable(written);
    }

    String extension() {
        return written == null ? "parquet" : written.extension();
    }

    String mediaType() {
        return written == null ? "application/vnd.apache.parquet" : written.mediaType();
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(ExportAs::id).toList();
    }

    static Optional<ExportAs> of(String id) {
        return Arrays.stream(values()).filter(form -> form.id().equals(id)).findFirst();
    }
}
