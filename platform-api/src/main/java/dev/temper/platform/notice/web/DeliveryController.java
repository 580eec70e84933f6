package dev.temper.platform.notice.web;

import dev.temper.platform.notice.Deliveries;
import dev.temper.platform.notice.DeliveryView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/webhook-deliveries/{id}")
@Tag(name = "webhooks")
class DeliveryController {
    private final Deliveries deliveries;

    DeliveryController(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Operation(summary = "Show a message to a webhook, and how it went")
    @GetMapping
    DeliveryView get(@PathVariable UUID id) {
        return deliveries.get(id);
    }

    @Operation(summary = "Send it once more, with the same id and body")
    @ApiResponse(responseCode = "202", description = "The delivery, waiting for its turn")
    @PostMapping("/redeliver")
    ResponseEntity<DeliveryView> again(@PathVariable UUID id) {
        return WebhookController.accepted(deliveries.again(id));
    }
}
