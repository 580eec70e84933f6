package dev.temper.trainer.data;

import dev.temper.contract.CodedException;
import dev.temper.contract.DataSource;
import dev.temper.contract.DataSpec;
import dev.temper.contract.Stage;
import dev.temper.text.template.ConversationEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Rows made tokens once, kept on disk, and what became of them. */
public final class PreparedData implements AutoCloseable {
    static final String REPORT = "report.json";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final TokenStore store;
    private final DataReport report;

    private PreparedData(TokenStore store, DataReport report) {
        this.store = store;
        this.report = report;
    }

    public TokenStore store() {
        return store;
    }

    public DataReport report() {
        return report;
    }

    /**
     * Prepares sources in a folder, or takes what an earlier run prepared there from the same content.
     *
     * @param sources the ones to train on, or those to evaluate on
     */
    public static PreparedData prepare(
            List<DataSource> sources, DataSpec data, Stage stage, ConversationEncoder encoder, Path folder) {
        List<String> digests = new ArrayList<>();
        for (DataSource source : sources) {
            RowFile.open(Path.of(source.path())).close();
            digests.add(Digests.of(Path.of(source.path())));
        }
        String fingerprint = fingerprint(sources, digests, data, stage, encoder);
        DataReport report = earlier(folder, fingerprint);
        if (report == null) {
            report = new Preparation(sources, digests, data, stage, encoder).into(folder, fingerprint);
        }
        requireSamples(report);
        return new PreparedData(TokenStore.open(folder), report);
    }

    private static String fingerprint(
            List<DataSource> sources, List<String> digests, DataSpec data, Stage stage, ConversationEncoder encoder) {
        StringBuilder all = new StringBuilder("1|" + stage + "|" + SampleEncoder.options(data) + "|" + data.template()
                + "|" + data.defaultSystem() + "|" + data.packing() + "|"
                + Digests.of(encoder.tokenizer().json())
                + encoder.tokenizer().specialTokens()
                + encoder.tokenizer().chatTemplate());
        for (int i = 0; i < sources.size(); i++) {
            DataSource source = sources.get(i);
            all.append('|')
                    .append(digests.get(i))
                    .append(source.format())
                    .append(new TreeMap<>(source.columns()))
                    .append(new TreeMap<>(source.tags()))
                    .append(source.maxSamples());
        }
        return Digests.of(all.toString());
    }

    private static @Nullable DataReport earlier(Path folder, String fingerprint) {
        Path file = folder.resolve(REPORT);
        try {
            if (Files.isRegularFile(file)) {
                DataReport report = JSON.readValue(Files.readString(file), DataReport.class);
                return report.fingerprint().equals(fingerprint) ? report : null;
            }
        } catch (IOException | JacksonException _) {
            // What can't be read is prepared again.
        }
        return null;
    }

    private static void requireSamples(DataReport report) {
        String about = String.join("\n  ", report.lines());
        if (report.rows() == 0) {
            throw CodedException.user(
                    "data_empty",
                    "There are no rows in " + report.sources().getFirst().path() + ".",
                    "Choose another file.");
        }
        if (report.samples() == 0) {
            throw CodedException.user(
                    "data_no_samples",
                    "No row can be trained on:\n  " + about,
                    "Map the columns, raise the cutoff, or choose another file.");
        }
        if (report.supervisedTokens() == 0) {
            throw CodedException.user(
                    "data_nothing_to_learn",
                    "Not one token would be learned:\n  " + about,
                    "Raise the cutoff, or check that the answers are not empty.");
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
