package dev.temper.platform.resource;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.temper.platform.audit.Audit;
import dev.temper.platform.audit.AuditAction;
import dev.temper.platform.audit.AuditTarget;
import dev.temper.platform.common.Caller;
import dev.temper.platform.common.Permission;
import dev.temper.platform.common.TenantScope;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/** The ledger as a file for spreadsheets, written row by row as it is read. */
@Service
public class LedgerExport {
    private static final String FORMULA = "=+-@\t\r\n|%";

    private final Ledger ledger;
    private final Audit audit;

    LedgerExport(Ledger ledger, Audit audit) {
        this.ledger = ledger;
        this.audit = audit;
    }

    /** Notes that somebody takes the ledger away. */
    public void record(LedgerWindow window) {
        Caller.current().require(Permission.READ);
        audit.record(
                AuditAction.LEDGER_EXPORTED,
                AuditTarget.of("ledger", TenantScope.require(), "ledger"),
                null,
                Map.of("from", window.from().toString(), "to", window.to().toString()));
    }

    public void write(LedgerWindow window, Writer out) throws IOException {
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out);
        csv.writeRecord(
                "startsAt",
                "stopsAt",
                "deviceSeconds",
                "pool",
                "node",
                "slot",
                "job",
                "jobName",
                "person",
                "borrowed",
                "reason");
        ledger.rows(
                window,
                row -> csv.writeRecord(List.of(
                        row.startsAt().toString(),
                        row.stopsAt().toString(),
                        row.deviceSeconds().toPlainString(),
                        cell(row.pool()),
                        cell(row.node()),
                        String.valueOf(row.slot()),
                        row.job() == null ? "" : String.valueOf(row.job()),
                        row.jobName() == null ? "" : cell(row.jobName()),
                        cell(row.person()),
                        String.valueOf(row.borrowed()),
                        row.reason())));
        csv.flush();
    }

    /** What a spreadsheet would take for a formula is made a text. */
    private static String cell(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
