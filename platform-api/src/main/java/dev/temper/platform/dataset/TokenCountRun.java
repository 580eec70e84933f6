package dev.temper.platform.dataset;

import dev.temper.contract.CodedException;
import dev.temper.data.learn.RowEncoder;
import dev.temper.data.learn.TokenCounter;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.BlobOwner;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.dataset.TokenCountTable.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Counts the tokens of one version; one that was broken off begins again. */
@Component
class TokenCountRun {
    private static final Logger LOG = LoggerFactory.getLogger(TokenCountRun.class);
    private static final long TELL_EVERY_NANOS = 500_000_000;

    private final TokenCountTable table;
    private final Versions versions;
    private final Tokenizers tokenizers;
    private final Blobs blobs;
    private final TransactionTemplate transaction;

    TokenCountRun(
            TokenCountTable table,
            Versions versions,
            Tokenizers tokenizers,
            Blobs blobs,
            PlatformTransactionManager transactions) {
        this.table = table;
        this.versions = versions;
        this.tokenizers = tokenizers;
        this.blobs = blobs;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The version was deleted meanwhile. */
    private static final class Unwanted extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Runs to an end that is kept. */
    void run(UUID id) {
        Count count = transaction.execute(_ -> table.find(id).orElse(null));
        if (count == null || count.state() != TokenCountState.COUNTING) {
            return;
        }
        try {
            Path file = Files.createTempFile(
                    Files.createDirectories(blobs.folder().resolve("staging")), "tokens-", ".lengths");
            try {
                count(count, file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (Unwanted gone) {
            LOG.debug("The version of token count {} is gone", id);
        } catch (CodedException told) {
            fail(id, String.valueOf(told.getMessage()));
        } catch (IOException | RuntimeException unforeseen) {
            LOG.warn("Token count {} failed", id, unforeseen);
            fail(id, "The count stopped for a reason that is not the data's. Ask for it again.");
        }
    }

    private void count(Count count, Path file) throws IOException {
        RowEncoder encoder = RowEncoder.of(tokenizers.find(count.model()), count.template());
        VersionFile rows = Objects.requireNonNull(transaction.execute(_ -> versions.file(count.version())));
        try (TokenCounter counter = new TokenCounter(encoder, file)) {
            long[] told = {System.nanoTime()};
            rows.each(row -> {
                counter.add(row);
                if (System.nanoTime() - told[0] > TELL_EVERY_NANOS) {
                    told[0] = System.nanoTime();
                    wanted(transaction.execute(_ -> table.progress(count.id(), counter.rows())));
                }
            });
            counter.finish();
            Blob lengths = blobs.store(out -> Files.copy(file, out));
            transaction.executeWithoutResult(_ -> {
                if (table.done(count.id(), counter.rows(), lengths.hash())) {
                    blobs.hold(lengths.hash(), new BlobOwner(Versions.OWNER, count.version()));
                }
            });
        }
    }

    private static void wanted(@Nullable Boolean still) {
        if (!Boolean.TRUE.equals(still)) {
            throw new Unwanted();
        }
    }

    private void fail(UUID id, String why) {
        transaction.executeWithoutResult(_ -> table.failed(id, why));
    }
}
