package dev.temper.platform.dataset;

import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.ErrorCode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Rows that leave; each time is noted. */
@Service
public class Exports {
    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);

    private final Datasets datasets;
    private final Audit audit;
    private final TransactionTemplate transaction;

    Exports(Datasets datasets, Audit audit, PlatformTransactionManager transactions) {
        this.datasets = datasets;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Sends all rows of a version as a file, after it is noted that they leave. */
    public void send(UUID version, String format, HttpServletResponse response) throws IOException {
        ExportAs form = ExportAs.of(format)
                .orElseThrow(() -> ErrorCode.PARAMETER_WRONG
                        .at("format")
                        .with("parameter", "format")
                        .with("expected", ExportAs.ids()));
        Attachment.of(begin(version, form), form.mediaType()).on(response);
        write(version, form, response.getOutputStream());
    }

    /** @return a name for the file */
    String begin(UUID version, ExportAs form) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            VersionView left = datasets.version(version);
            String name = datasets.get(left.dataset()).name() + " v" + left.number();
            audit.record(
                    AuditAction.DATASET_EXPORTED,
                    AuditTarget.of("dataset_version", version, name),
                    null,
                    Map.of("format", form.id(), "rows", left.rows()));
            return fileName(name, form.extension());
        }));
    }

    /** A name that every file system takes. */
    static String fileName(String name, String extension) {
        return name.replaceAll("[\\p{Cntrl}/\\\\:*?\"<>|]", "_") + "." + extension;
    }

    /** Every row; where nobody takes them any more, it stops. */
    void write(UUID version, ExportAs form, OutputStream out) {
        try {
            if (form.written().isPresent()) {
                datasets.write(version, form.written().get(), out);
            } else {
                Files.copy(datasets.parquet(version), out);
            }
        } catch (IOException | UncheckedIOException clientGone) {
            LOG.debug("The export was broken off", clientGone);
        }
    }
}
