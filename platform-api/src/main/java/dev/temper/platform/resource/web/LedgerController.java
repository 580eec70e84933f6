package dev.temper.platform.resource.web;

import dev.temper.platform.common.ErrorCode;
import dev.temper.platform.resource.BudgetView;
import dev.temper.platform.resource.Budgets;
import dev.temper.platform.resource.Ledger;
import dev.temper.platform.resource.LedgerBy;
import dev.temper.platform.resource.LedgerExport;
import dev.temper.platform.resource.LedgerSum;
import dev.temper.platform.resource.LedgerWindow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/ledger")
@Tag(name = "ledger", description = "Each second of a device that somebody held, once; its sums, and the budgets.")
class LedgerController {
    private static final Logger log = LoggerFactory.getLogger(LedgerController.class);

    private final Ledger ledger;
    private final LedgerExport export;
    private final Budgets budgets;
    private final Clock clock;

    LedgerController(Ledger ledger, LedgerExport export, Budgets budgets, Clock clock) {
        this.ledger = ledger;
        this.export = export;
        this.budgets = budgets;
        this.clock = clock;
    }

    /**
     * A month's budget.
     *
     * @param hours of devices that may be used in the calendar month (UTC)
     * @param usedSeconds of devices that were used, up to now
     * @param percent of the budget that is used, rounded down
     */
    record Budget(UUID poolId, String pool, long hours, long usedSeconds, long percent, Instant renewsAt) {
        static Budget of(BudgetView budget) {
            return new Budget(
                    budget.poolId(),
                    budget.pool(),
                    budget.hours(),
                    budget.usedSeconds(),
                    budget.percent(),
                    budget.renewsAt());
        }
    }

    @Operation(
            summary =
                    "Sum what was held in a window, by default this month: by user, job, pool or day; by tenant for the"
                            + " platform's admins")
    @GetMapping("/sums")
    List<LedgerSum> sums(
            @RequestParam(defaultValue = "day") @Schema(allowableValues = {"tenant", "user", "job", "pool", "day"})
                    String by,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        LedgerBy chosen = Arrays.stream(LedgerBy.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(by))
                .findFirst()
                .orElseThrow(() -> ErrorCode.PARAMETER_WRONG
                        .at("by")
                        .with("parameter", "by")
                        .with("expected", List.of("tenant", "user", "job", "pool", "day")));
        return ledger.sums(chosen, LedgerWindow.of(from, to, clock.instant()));
    }

    @Operation(summary = "Show the budgets of this month and what is used of them")
    @GetMapping("/budgets")
    List<Budget> budgets() {
        return budgets.list().stream().map(Budget::of).toList();
    }

    @Operation(summary = "Download what was held, row by row; the download itself is noted too")
    @ApiResponse(
            responseCode = "200",
            description = "The file, sent as it is read",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    @GetMapping("/export")
    void export(
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            HttpServletResponse response)
            throws IOException {
        LedgerWindow window = LedgerWindow.of(from, to, clock.instant());
        export.record(window);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename("ledger.csv").build().toString());
        try {
            export.write(window, response.getWriter());
        } catch (UncheckedIOException clientGone) {
            log.debug("The export was broken off", clientGone);
        }
    }
}
