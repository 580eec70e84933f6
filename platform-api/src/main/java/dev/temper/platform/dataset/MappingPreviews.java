package dev.temper.platform.dataset;

import dev.temper.data.read.DataFile;
import dev.temper.data.row.LeftOut;
import dev.temper.data.shape.Mapping;
import dev.temper.data.shape.MappingPreview;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Permission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/** Shows what a mapping would make of a file that waits for one. */
@Service
public class MappingPreviews {
    private static final int LINES = 10;

    private final ImportTable table;
    private final Blobs blobs;
    private final TransactionTemplate transaction;

    MappingPreviews(ImportTable table, Blobs blobs, PlatformTransactionManager transactions) {
        this.table = table;
        this.blobs = blobs;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setReadOnly(true);
    }

    /** The first ten records of an import's file, before and after. Nothing is kept of it. */
    public MappingPreview of(UUID importId, Mapping mapping) {
        Caller.current().require(Permission.READ);
        ImportTable.Source source = source(importId);
        try {
            Path scratch = Files.createTempDirectory(blobs.folder().resolve("staging"), "preview-");
            try {
                DataFile file = DataFile.of(blobs.file(source.fileHash()), source.fileName())
                        .with(scratch);
                return MappingPreview.of(file, mapping, LINES);
            } finally {
                FileSystemUtils.deleteRecursively(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Why a line of a preview is left out, in a language. */
    public static String reason(LeftOut row, Locale locale) {
        return Reasons.sentence(row.code(), row.facts(), locale).orElse(row.code());
    }

    private ImportTable.Source source(UUID importId) {
        return Optional.ofNullable(transaction.execute(_ ->
                        table.find(importId).map(_ -> table.source(importId)).orElse(null)))
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
    }
}
