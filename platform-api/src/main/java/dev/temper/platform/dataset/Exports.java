package dev.temper.platform.dataset;

import dev.temper.data.write.ExportFormat;
import dev.temper.data.write.RowWriter;
import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Rows that leave; each time is noted. */
@Service
public class Exports {
    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);

    private final Datasets datasets;
    private final Audit audit;

    Exports(Datasets datasets, Audit audit) {
        this.datasets = datasets;
        this.audit = audit;
    }

    /**
     * Notes that a version leaves, before its first row does.
     *
     * @return a name for the file
     */
    @Transactional
    public String begin(UUID version, ExportFormat format) {
        VersionView left = datasets.version(version);
        String name = datasets.get(left.dataset()).name() + " v" + left.number();
        audit.record(
                AuditAction.DATASET_EXPORTED,
                AuditTarget.of("dataset_version", version, name),
                null,
                Map.of("format", format.id(), "rows", left.rows()));
        return name.replaceAll("[\\p{Cntrl}/\\\\:*?\"<>|]", "_") + "." + format.extension();
    }

    /** Sends every row; where nobody takes them any more, it stops. */
    public void write(UUID version, ExportFormat format, OutputStream out) {
        try (RowWriter writer = RowWriter.open(format, out)) {
            datasets.eachRow(version, row -> {
                try {
                    writer.write(row);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException | UncheckedIOException clientGone) {
            LOG.debug("The export was broken off", clientGone);
        }
    }
}
