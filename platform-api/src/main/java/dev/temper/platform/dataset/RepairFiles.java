package dev.temper.platform.dataset;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.temper.data.read.DataFile;
import dev.temper.data.read.FormulaMark;
import dev.temper.data.read.Item;
import dev.temper.data.read.Records;
import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Permission;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows an import left out as a file to mend elsewhere, and the way back: each row carries its number in the report,
 * by which it is known again, however the file was sorted, shortened or saved.
 */
@Service
public class RepairFiles {
    static final String NUMBER = "_number";
    private static final String PLACE = "_place";
    private static final String CODE = "_code";
    private static final String REASON = "_reason";
    /** What could not be read as columns. */
    private static final String TEXT = "_text";

    private static final int AT_ONCE = 1_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The forms a report is downloaded in. */
    public enum Form {
        JSONL("application/jsonl"),
        CSV("text/csv");

        private final String mediaType;

        Form(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }

        public String extension() {
            return this == CSV ? "csv" : "jsonl";
        }
    }

    private final ImportTable imports;
    private final RepairTable table;
    private final Repairs repairs;
    private final Blobs blobs;
    private final DuckDb duckDb;
    private final Audit audit;
    private final TransactionTemplate transaction;

    RepairFiles(
            ImportTable imports,
            RepairTable table,
            Repairs repairs,
            Blobs blobs,
            DuckDb duckDb,
            Audit audit,
            PlatformTransactionManager transactions) {
        this.imports = imports;
        this.table = table;
        this.repairs = repairs;
        this.blobs = blobs;
        this.duckDb = duckDb;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Notes that rows leave, before the first does.
     *
     * @return a name for the file
     */
    public String begin(UUID run, Form form) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            Caller.current().require(Permission.READ);
            ImportView view = imports.find(run).orElseThrow(ErrorCode.NOT_FOUND::problem);
            audit.record(
                    AuditAction.IMPORT_REPORT_EXPORTED,
                    AuditTarget.of("dataset_import", run, view.fileName()),
                    null,
                    Map.of("format", form.extension(), "rows", view.rowsLeftOut()));
            return Exports.fileName(view.fileName() + " left out", form.extension());
        }));
    }

    /** Sends the rows that nobody has mended yet. */
    public void write(UUID run, Form form, OutputStream out) {
        Optional<String> hash = Objects.requireNonNull(transaction.execute(_ -> imports.report(run)));
        if (hash.isEmpty()) {
            return; // It left out nothing.
        }
        Report report = new Report(duckDb, blobs.file(hash.get()));
        try (Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            switch (form) {
                case JSONL ->
                    each(run, report, row -> {
                        writer.write(JSON.writeValueAsString(record(row)));
                        writer.write('\n');
                    });
                case CSV -> csv(run, report, writer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void csv(UUID run, Report report, Writer writer) throws IOException {
        // Without the mark Excel takes Chinese for another encoding.
        writer.write('\uFEFF');
        List<String> columns = new ArrayList<>(List.of(NUMBER, PLACE, CODE, REASON));
        columns.addAll(report.columns());
        columns.add(TEXT);
        CsvWriter csv = CsvWriter.builder().build(writer);
        csv.writeRecord(columns.stream().map(FormulaMark::put).toList());
        each(run, report, row -> {
            ObjectNode record = record(row);
            csv.writeRecord(columns.stream()
                    .map(column -> FormulaMark.put(cell(record.path(column))))
                    .toList());
        });
        csv.flush();
    }

    private static String cell(JsonNode value) {
        return value.isMissingNode() || value.isNull()
                ? ""
                : value.isContainer() ? JSON.writeValueAsString(value) : value.asString("");
    }

    private static ObjectNode record(LeftOutRow row) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put(NUMBER, row.number());
        record.put(PLACE, row.file() + (row.within() == null ? "" : " · " + row.within()) + " · " + row.line());
        record.put(CODE, row.code());
        record.put(REASON, row.message());
        JsonNode content = JSON.readTree(row.content());
        if (content instanceof ObjectNode columns) {
            record.setAll(columns);
        } else {
            record.put(TEXT, content.isString() ? content.stringValue() : JSON.writeValueAsString(content));
        }
        return record;
    }

    private interface Writing {
        void write(LeftOutRow row) throws IOException;
    }

    private void each(UUID run, Report report, Writing writing) {
        List<LeftOutRow> some = report.after(0, null, AT_ONCE);
        while (!some.isEmpty()) {
            List<Long> numbers = some.stream().map(LeftOutRow::number).toList();
            Map<Long, UUID> done = Objects.requireNonNull(transaction.execute(_ -> table.of(run, numbers)));
            for (LeftOutRow row : some) {
                if (!done.containsKey(row.number())) {
                    try {
                        writing.write(row);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
            some = report.after(numbers.getLast(), null, AT_ONCE);
        }
    }

    /**
     * Takes the file back, in whatever format it was saved.
     *
     * @param name as the customer calls it
     * @throws dev.temper.contract.CodedException if it can't be read
     */
    public Repairs.Result take(UUID run, Path file, String name, String note) {
        Caller.current().require(Permission.WRITE);
        Map<Long, JsonNode> mended = new LinkedHashMap<>();
        Path scratch = blobs.folder().resolve("staging");
        try {
            Files.createDirectories(scratch);
            try (Records records = DataFile.of(file, DatasetInput.fileName("/file", name))
                    .with(scratch)
                    .open()) {
                for (Item item = records.next(); item != null; item = records.next()) {
                    read(item, mended);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return repairs.repair(run, mended, note);
    }

    private static void read(Item item, Map<Long, JsonNode> mended) {
        JsonNode value = item instanceof Item.Value read ? read.value() : JsonNodeFactory.instance.missingNode();
        String number = value.path(NUMBER).asString("").strip();
        if (!(value instanceof ObjectNode record) || !number.matches("[1-9]\\d{0,17}")) {
            throw ErrorCode.IMPORT_REPAIR_UNNUMBERED
                    .at("/file")
                    .with("line", item.place().line())
                    .with("column", NUMBER);
        }
        JsonNode text = record.path(TEXT);
        record.remove(List.of(NUMBER, PLACE, CODE, REASON, TEXT));
        boolean words = text.isString() && !text.stringValue().isBlank();
        if (mended.put(Long.valueOf(number), words ? text : record) != null) {
            throw ErrorCode.FIELD_REPEATED.at("/file").with("value", number);
        }
        if (mended.size() > Repairs.MOST) {
            throw ErrorCode.FIELD_TOO_LONG.at("/file").with("max", Repairs.MOST);
        }
    }
}
