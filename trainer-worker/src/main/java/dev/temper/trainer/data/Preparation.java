package dev.temper.trainer.data;

import dev.temper.contract.Compatibility;
import dev.temper.contract.DataSource;
import dev.temper.contract.DataSpec;
import dev.temper.contract.Stage;
import dev.temper.text.template.ConversationEncoder;
import dev.temper.text.template.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One pass over the rows: read in order, encoded by all cores, written in order. */
final class Preparation {
    private static final int ROWS_AT_ONCE = 512;

    private final List<DataSource> sources;
    private final List<String> digests;
    private final DataSpec data;
    private final Stage stage;
    private final SampleEncoder encoder;
    private final Tally tally = new Tally();

    Preparation(
            List<DataSource> sources, List<String> digests, DataSpec data, Stage stage, ConversationEncoder encoder) {
        this.sources = sources;
        this.digests = digests;
        this.data = data;
        this.stage = stage;
        this.encoder = new SampleEncoder(encoder, data, stage);
    }

    DataReport into(Path folder, String fingerprint) {
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve(PreparedData.REPORT));
            try (TokenStoreWriter writer = new TokenStoreWriter(folder)) {
                for (int i = 0; i < sources.size(); i++) {
                    source(i, writer);
                }
            }
            DataReport report = tally.report(fingerprint);
            Path aside = folder.resolve(PreparedData.REPORT + ".new");
            Files.writeString(
                    aside, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report));
            Files.move(aside, folder.resolve(PreparedData.REPORT), StandardCopyOption.ATOMIC_MOVE);
            return report;
        } catch (IOException e) {
            throw DiskFailure.writing(folder, e);
        }
    }

    private void source(int number, TokenStoreWriter writer) {
        DataSource source = sources.get(number);
        long rowsBefore = tally.rows();
        int samplesBefore = tally.samples();
        boolean joins = stage == Stage.PRETRAIN && data.packing();
        Blocks blocks = new Blocks(data.cutoffLen(), (ids, from, row) -> {
            writer.write(ids, ids, from, row);
            tally.sample(ids, ids.length);
        });
        try (RowFile rows = RowFile.open(Path.of(source.path()))) {
            RowMapping mapping = null;
            List<Row> chunk = new ArrayList<>(ROWS_AT_ONCE);
            long most = source.maxSamples() == 0 ? Long.MAX_VALUE : source.maxSamples();
            for (long read = 0; read < most && rows.hasNext(); ) {
                Row row = rows.next();
                if (mapping == null) {
                    mapping = RowMapping.of(
                            source, row.value(), stage, data.compatibility() == Compatibility.LLAMA_FACTORY);
                }
                chunk.add(row);
                read++;
                if (chunk.size() == ROWS_AT_ONCE || read == most || !rows.hasNext()) {
                    encode(chunk, mapping, number, writer, joins ? blocks : null);
                    chunk.clear();
                }
            }
        }
        blocks.end(data.compatibility() == Compatibility.LLAMA_FACTORY);
        tally.source(new DataReport.Source(
                source.path(), digests.get(number), tally.rows() - rowsBefore, tally.samples() - samplesBefore));
    }

    private void encode(
            List<Row> chunk, RowMapping mapping, int source, TokenStoreWriter writer, @Nullable Blocks blocks) {
        List<Encoded> encoded = chunk.parallelStream()
                .map(row -> encoder.encode(mapping.map(row.value())))
                .toList();
        for (int i = 0; i < chunk.size(); i++) {
            long row = chunk.get(i).number();
            tally.row();
            switch (encoded.get(i)) {
                case Encoded.Left left ->
                    tally.skip(left.reason(), sources.get(source).path() + " row " + row, left.detail());
                case Encoded.Kept kept -> {
                    Sample sample = kept.sample();
                    tally.cut(sample.cut(), kept.controlTokens());
                    if (blocks != null) {
                        blocks.add(sample.ids(), source, row);
                    } else {
                        writer.write(sample.ids(), sample.labels(), source, row);
                        tally.sample(sample.ids(), sample.supervised());
                    }
                }
            }
        }
    }
}
