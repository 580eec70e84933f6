package dev.temper.platform.audit;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The log as a file, written row by row as it is read, so that its size doesn't matter. */
public enum AuditExport {
    CSV("text/csv") {
        @Override
        void head(Writer out) throws IOException {
            out.write("seq,at,actorKind,actorId,actorName,action,targetType,targetId,targetName,address,requestId,"
                    + "before,after,previousHash,hash\r\n");
        }

        @Override
        void row(Writer out, AuditEvent event) throws IOException {
            out.write(Stream.of(
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
                            event.previousHash(),
                            event.hash())
                    .map(AuditExport::cell)
                    .collect(Collectors.joining(",")));
            out.write("\r\n");
        }
    },
    JSONL("application/jsonl") {
        @Override
        void head(Writer out) {
            // Every line speaks for itself.
        }

        @Override
        void row(Writer out, AuditEvent event) throws IOException {
            out.write(JSON.writeValueAsString(AuditEventView.of(event)));
            out.write('\n');
        }
    };

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FORMULA = "=+-@\t\r\n|%";

    private final String mediaType;

    AuditExport(String mediaType) {
        this.mediaType = mediaType;
    }

    abstract void head(Writer out) throws IOException;

    abstract void row(Writer out, AuditEvent event) throws IOException;

    /** The format of that name, as in {@code csv}. */
    public static Optional<AuditExport> of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.ending().equals(name))
                .findFirst();
    }

    /** The ending of a file of this format. */
    public String ending() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String mediaType() {
        return mediaType;
    }

    /**
     * Writes every matching row, newest first.
     *
     * @throws UncheckedIOException if the reader has gone
     */
    public void write(AuditEvents events, AuditFilter filter, OutputStream to) {
        try {
            Writer out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
            head(out);
            events.each(filter, event -> {
                try {
                    row(out, event);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In quotes always; a text that a spreadsheet would take for a formula is kept from being one. */
    static String cell(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
