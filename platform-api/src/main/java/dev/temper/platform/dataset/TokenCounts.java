package dev.temper.platform.dataset;

import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import dev.temper.data.learn.Fate;
import dev.temper.data.learn.Loss;
import dev.temper.data.learn.RenderedRow;
import dev.temper.data.learn.RowEncoder;
import dev.temper.data.learn.TokenLengths;
import dev.temper.data.learn.TokenTally;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Chores;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Keyset;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.common.TenantScope;
import dev.temper.platform.dataset.TokenCountTable.Count;
import dev.temper.text.template.EncodingOptions;
import dev.temper.text.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Versions as a model sees them. The tokens of a version are counted once for a tokenizer and a template, small versions
 * while one waits and large ones in the background; every cutoff is then worked out from the lengths.
 */
@Service
public class TokenCounts {
    /** About half a second of counting. */
    private static final long AT_ONCE = 300_000;

    private final TokenCountTable table;
    private final TokenCountRun run;
    private final Datasets datasets;
    private final Tokenizers tokenizers;
    private final Blobs blobs;
    private final Chores chores;
    private final CustomTask<ImportTask.Ref> task;
    private final TransactionTemplate transaction;
    private final Map<Tokenizer, String> hashes = new ConcurrentHashMap<>();
    private final Map<Encoding, RowEncoder> encoders = new ConcurrentHashMap<>();

    TokenCounts(
            TokenCountTable table,
            TokenCountRun run,
            Datasets datasets,
            Tokenizers tokenizers,
            Blobs blobs,
            Chores chores,
            CustomTask<ImportTask.Ref> datasetTokenCounts,
            PlatformTransactionManager transactions) {
        this.table = table;
        this.run = run;
        this.datasets = datasets;
        this.tokenizers = tokenizers;
        this.blobs = blobs;
        this.chores = chores;
        this.task = datasetTokenCounts;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The base models whose tokens can be counted. */
    public List<String> models() {
        return tokenizers.models();
    }

    /** What was asked for with its defaults filled in. */
    private record Chosen(String model, String template, Tokenizer tokenizer, List<String> templates, int cutoff) {}

    /** A template may want its tokenizer another way, which takes a while to make. */
    private record Encoding(Tokenizer tokenizer, String template) {}

    private RowEncoder encoder(Chosen chosen) {
        return encoders.computeIfAbsent(
                new Encoding(chosen.tokenizer(), chosen.template()),
                wanted -> RowEncoder.of(wanted.tokenizer(), wanted.template()));
    }

    private Chosen choose(Measure measure) {
        String model = measure.model() == null || measure.model().isBlank()
                ? tokenizers.models().stream().findFirst().orElse("")
                : measure.model();
        Tokenizer tokenizer = tokenizers.find(model);
        List<String> templates = RowEncoder.templates(tokenizer);
        String template =
                measure.template() == null || measure.template().isBlank() ? templates.getFirst() : measure.template();
        // Says what is wrong with a cutoff before anything is counted.
        EncodingOptions.cutoff(measure.cutoff());
        return new Chosen(model, template, tokenizer, templates, measure.cutoff());
    }

    /** Counts a version's tokens, or says how far that is. */
    public TokenCountView of(UUID version, Measure measure) {
        VersionView counted = in(() -> datasets.version(version));
        Chosen chosen = choose(measure);
        Count count = count(counted, chosen);
        return new TokenCountView(
                version,
                chosen.model(),
                chosen.template(),
                chosen.templates(),
                chosen.cutoff(),
                count.state(),
                counted.rows(),
                count.rowsDone(),
                count.statistics(),
                count.failure());
    }

    private Count count(VersionView version, Chosen chosen) {
        String hash = hash(chosen.tokenizer());
        Supplier<Optional<Count>> known = () -> table.find(version.id(), hash, chosen.template(), chosen.cutoff());
        Count count = in(known).orElse(null);
        if (count == null) {
            encoder(chosen); // Refuses a template that is none.
            in(() -> table.begin(version.id(), chosen.model(), hash, chosen.template()))
                    .ifPresent(id -> begin(version, id));
            count = in(known).orElseThrow();
        } else if (count.state() == TokenCountState.FAILED) {
            UUID id = count.id();
            transaction.executeWithoutResult(_ -> table.again(id));
            begin(version, id);
            count = in(known).orElseThrow();
        }
        if (count.lengths() != null && count.statistics() == null) {
            UUID id = count.id();
            var statistics = TokenTally.of(blobs.file(count.lengths()), chosen.cutoff());
            transaction.executeWithoutResult(_ -> table.keep(id, statistics));
            count = in(known).orElseThrow();
        }
        return count;
    }

    private void begin(VersionView version, UUID id) {
        if (version.statistics().characters() <= AT_ONCE) {
            run.run(id);
        } else {
            transaction.executeWithoutResult(_ -> chores.soon(
                    task,
                    id,
                    new ImportTask.Ref(TenantScope.require(), Caller.current().userId())));
        }
    }

    /** Rows as the model reads them; those that a cutoff does something to can be asked for alone once all are counted. */
    public Page<PreviewRow> preview(UUID version, Measure measure, Why why, PageQuery page) {
        in(() -> datasets.version(version));
        Chosen chosen = choose(measure);
        RowEncoder encoder = encoder(chosen);
        long after = page.after().map(key -> key.number(0)).orElse(0L);
        List<NumberedRow> rows = why == Why.ALL
                ? in(() -> datasets.from(version, after + 1, page.fetch()))
                : in(() -> datasets.numbered(version, numbers(version, chosen, why, after, page.fetch())));
        return page.slice(
                rows.stream()
                        .map(row -> new PreviewRow(
                                row.number(),
                                RenderedRow.of(encoder.encode(row.row()), encoder.tokenizer(), chosen.cutoff())))
                        .toList(),
                row -> Keyset.of(row.number()));
    }

    private List<Long> numbers(UUID version, Chosen chosen, Why why, long after, int limit) {
        Path lengths = table.find(version, hash(chosen.tokenizer()), chosen.template(), chosen.cutoff())
                .map(Count::lengths)
                .map(blobs::file)
                .orElseThrow(ErrorCode.TOKENS_NOT_COUNTED::problem);
        EncodingOptions options = EncodingOptions.cutoff(chosen.cutoff());
        List<Long> numbers = new ArrayList<>();
        TokenLengths.each(lengths, new TokenLengths.Visitor() {
            @Override
            public boolean lengths(long row, int[] lengths) {
                return row <= after || found(row, why.is(Fate.of(lengths, options)));
            }

            @Override
            public boolean loss(long row, Loss loss) {
                return row <= after || found(row, why.is(null));
            }

            private boolean found(long row, boolean wanted) {
                if (wanted) {
                    numbers.add(row);
                }
                return numbers.size() < limit;
            }
        });
        return numbers;
    }

    private String hash(Tokenizer tokenizer) {
        return hashes.computeIfAbsent(tokenizer, one -> {
            var digest = RowColumns.sha256();
            digest.update(one.json().getBytes(StandardCharsets.UTF_8));
            digest.update((one.specialTokens() + "|" + one.chatTemplate()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        });
    }

    private <T> T in(Supplier<T> work) {
        return Optional.ofNullable(transaction.execute(_ -> work.get())).orElseThrow();
    }
}
