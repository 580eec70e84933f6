package dev.temper.platform.resource.web;

import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.resource.ReservationChange;
import dev.temper.platform.resource.ReservationRequest;
import dev.temper.platform.resource.ReservationView;
import dev.temper.platform.resource.Reservations;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/reservations")
@Tag(name = "reservations", description = "Devices of a pool kept for a tenant in a window of time.")
class ReservationController {
    private final Reservations reservations;

    ReservationController(Reservations reservations) {
        this.reservations = reservations;
    }

    /**
     * What is to be kept.
     *
     * @param pool the pool's name
     * @param note what for; the tenant reads it
     */
    record NewReservation(
            @NotNull UUID tenantId,
            @NotBlank String pool,
            @NotNull Integer devices,
            @NotNull Instant startsAt,
            @NotNull Instant endsAt,
            @Nullable String note) {
        ReservationRequest request() {
            return new ReservationRequest(tenantId, pool, devices, startsAt, endsAt, note == null ? "" : note);
        }
    }

    @Operation(summary = "Keep devices for a tenant (platform admin)")
    @PostMapping
    ResponseEntity<ReservationView> reserve(@RequestBody NewReservation body) {
        ReservationView made = reservations.reserve(body.request());
        return ResponseEntity.created(URI.create("/api/v1/reservations/" + made.id()))
                .body(made);
    }

    @Operation(summary = "List reservations, newest first: the tenant's, or all for the platform's admins")
    @GetMapping
    Page<ReservationView> list(PageQuery page) {
        return reservations.list(page);
    }

    @Operation(summary = "Show a reservation")
    @GetMapping("/{id}")
    ReservationView get(@PathVariable UUID id) {
        return reservations.get(id);
    }

    /** What it is to be from now on; the tenant and the pool stay. */
    record Changed(
            @NotNull Integer devices,
            @NotNull Instant startsAt,
            @NotNull Instant endsAt,
            @Nullable String note) {}

    @Operation(summary = "Change how many devices are kept, and when (platform admin)")
    @PutMapping("/{id}")
    ReservationView change(@PathVariable UUID id, @RequestBody Changed body, IfMatch version) {
        String note = body.note() == null ? "" : body.note();
        return reservations.change(
                id, new ReservationChange(body.devices(), body.startsAt(), body.endsAt(), note), version);
    }

    @Operation(summary = "Take a reservation back (platform admin)")
    @PostMapping("/{id}/cancel")
    ReservationView cancel(@PathVariable UUID id, IfMatch version) {
        return reservations.cancel(id, version);
    }
}
