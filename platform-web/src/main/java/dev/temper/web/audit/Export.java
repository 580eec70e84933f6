package dev.temper.web.audit;

import dev.temper.platform.audit.AuditEvent;
import dev.temper.platform.audit.AuditEvents;
import dev.temper.platform.audit.AuditFilter;
import dev.temper.platform.common.ErrorCode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/** The log as a file, row by row as it is read, so that its size does not matter. */
enum Export {
    CSV("csv", "text/csv") {
        @Override
        void head(PrintWriter out) {
            // Spreadsheets take a file without this mark for one in the machine's own encoding.
            out.print('\uFEFF');
            out.print("seq,at,actorKind,actorId,actorName,action,targetType,targetId,targetName,");
            out.print("address,requestId,before,after,hash\r\n");
        }

        @Override
        void row(PrintWriter out, AuditEvent event) {
            out.print(Stream.of(
                            event.seq(),
                            event.at(),
                            event.actorKind(),
                            event.actorId(),
                            event.actorName(),
                            event.action(),
                            event.targetType(),
                            event.targetId(),
                            event.targetName(),
                            event.address(),
                            event.requestId(),
                            event.before(),
                            event.after(),
                            event.hash())
                    .map(Export::cell)
                    .collect(Collectors.joining(",")));
            out.print("\r\n");
        }
    },
    JSONL("jsonl", "application/x-ndjson") {
        @Override
        void head(PrintWriter out) {
            // Every line speaks for itself.
        }

        @Override
        void row(PrintWriter out, AuditEvent event) {
            out.print(JSON.writeValueAsString(event));
            out.print('\n');
        }
    };

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FORMULA = "=+-@\t\r";

    private final String ending;
    private final String contentType;

    Export(String ending, String contentType) {
        this.ending = ending;
        this.contentType = contentType;
    }

    static Export of(String ending) {
        return Arrays.stream(values())
                .filter(format -> format.ending.equals(ending))
                .findFirst()
                .orElseThrow(ErrorCode.NOT_FOUND::problem);
    }

    abstract void head(PrintWriter out);

    abstract void row(PrintWriter out, AuditEvent event);

    void write(AuditEvents events, AuditFilter filter, HttpServletResponse response) throws IOException {
        // First, because it asks whether the reader may.
        events.recordExport(filter, ending);
        response.setContentType(contentType);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("audit." + ending)
                        .build()
                        .toString());
        PrintWriter out = response.getWriter();
        head(out);
        events.each(filter, event -> row(out, event));
        out.flush();
    }

    /** Quoted where it must be; a text that a spreadsheet would take for a formula is kept from being one. */
    static String cell(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        if (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }
}
