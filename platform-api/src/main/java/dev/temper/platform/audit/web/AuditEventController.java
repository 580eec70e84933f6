package dev.temper.platform.audit.web;

import dev.temper.platform.audit.AuditEventView;
import dev.temper.platform.audit.AuditEvents;
import dev.temper.platform.audit.AuditExport;
import dev.temper.platform.audit.AuditFilter;
import dev.temper.platform.audit.ChainVerdict;
import dev.temper.platform.audit.ChainVerdict.Broken;
import dev.temper.platform.audit.ChainVerdict.Intact;
import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/audit-events")
@Tag(
        name = "audit-events",
        description = "Who did what to which: the tenant's log, or without a tenant the platform's.")
class AuditEventController {
    private static final Logger log = LoggerFactory.getLogger(AuditEventController.class);

    private final AuditEvents events;

    AuditEventController(AuditEvents events) {
        this.events = events;
    }

    /**
     * Which rows are wanted.
     *
     * @param actor the actor's id, or a part of the name
     * @param action codes of actions, any of which will do
     * @param targetType the kind of thing that was acted on
     * @param targetId the id of the thing that was acted on
     * @param from not before this moment
     * @param to before this moment
     * @param q a part of any name, id, or of what changed
     */
    record Filter(
            @Nullable @Parameter(description = "The actor's id, or a part of the name.")
            String actor,

            @Nullable @Parameter(description = "Codes of actions, any of which will do.")
            List<String> action,

            @Nullable @Parameter(description = "The kind of thing that was acted on.")
            String targetType,

            @Nullable @Parameter(description = "The id of the thing that was acted on.")
            String targetId,

            @Nullable @Parameter(description = "Not before this moment.")
            Instant from,

            @Nullable @Parameter(description = "Before this moment.")
            Instant to,

            @Nullable @Parameter(description = "A part of any name, id, or of what changed.")
            String q) {
        AuditFilter filter() {
            return new AuditFilter(actor, action == null ? List.of() : action, targetType, targetId, from, to, q);
        }
    }

    /**
     * Whether the log is as it was written.
     *
     * @param rows how many rows the log was written with
     * @param firstBadRow the place of the first row that isn't as it was written
     * @param damage what was done to it
     */
    record Verification(
            boolean intact,
            long rows,
            @Nullable Long firstBadRow,
            @Nullable String damage,
            @Nullable String sentence) {
        static Verification of(ChainVerdict verdict) {
            return switch (verdict) {
                case Intact intact -> new Verification(true, intact.length(), null, null, null);
                case Broken broken ->
                    new Verification(
                            false, broken.rows(), broken.seq(), broken.damage().name(), broken.sentence());
            };
        }
    }

    @Operation(summary = "List what was done, newest first")
    @GetMapping
    Page<AuditEventView> list(@ParameterObject Filter filter, PageQuery page) {
        return events.page(filter.filter(), page).map(AuditEventView::of);
    }

    @Operation(summary = "Show one event")
    @GetMapping("/{id}")
    AuditEventView get(@PathVariable UUID id) {
        return AuditEventView.of(events.get(id));
    }

    @Operation(summary = "Check that no row was changed, removed, inserted or moved")
    @GetMapping("/verification")
    Verification verify() {
        return Verification.of(events.verify());
    }

    @Operation(summary = "Download what was done, newest first; the download itself is noted too")
    @ApiResponse(
            responseCode = "200",
            description = "The file, sent as it is read",
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(mediaType = "application/jsonl", schema = @Schema(type = "string"))
            })
    @GetMapping("/export")
    void export(
            @ParameterObject Filter filter,
            @RequestParam(defaultValue = "csv") @Schema(allowableValues = {"csv", "jsonl"}) String format,
            HttpServletResponse response)
            throws IOException {
        AuditExport export = AuditExport.of(format)
                .orElseThrow(() -> ErrorCode.PARAMETER_WRONG
                        .at("format")
                        .with("parameter", "format")
                        .with(
                                "expected",
                                Arrays.stream(AuditExport.values())
                                        .map(AuditExport::ending)
                                        .toList()));
        events.recordExport(filter.filter(), export.ending());
        response.setContentType(export.mediaType() + ";charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("audit." + export.ending())
                        .build()
                        .toString());
        try {
            export.write(events, filter.filter(), response.getOutputStream());
        } catch (UncheckedIOException clientGone) {
            log.debug("The export was broken off", clientGone);
        }
    }
}
