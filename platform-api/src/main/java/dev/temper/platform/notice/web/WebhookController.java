package dev.temper.platform.notice.web;

import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.notice.Deliveries;
import dev.temper.platform.notice.DeliveryView;
import dev.temper.platform.notice.IssuedWebhook;
import dev.temper.platform.notice.WebhookChange;
import dev.temper.platform.notice.WebhookView;
import dev.temper.platform.notice.Webhooks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/webhooks")
@Tag(
        name = "webhooks",
        description =
                "Programs of yours that are told of what happens, by messages signed after the Standard Webhooks.")
class WebhookController {
    private final Webhooks webhooks;
    private final Deliveries deliveries;

    WebhookController(Webhooks webhooks, Deliveries deliveries) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
    }

    /**
     * Where to, and what of.
     *
     * @param events task.succeeded, task.failed, task.cancelled, import.succeeded, import.failed, import.mapping_needed,
     *     budget.reached
     */
    record NewWebhook(@NotBlank String url, @NotNull List<String> events) {}

    /**
     * What to change; what is left out stays.
     *
     * @param active false to pause it
     */
    record Change(
            @Nullable String url,
            @Nullable List<String> events,
            @Nullable Boolean active) {}

    @Operation(summary = "List the webhooks, oldest first")
    @GetMapping
    List<WebhookView> list() {
        return webhooks.list();
    }

    @Operation(summary = "Make a webhook; the secret its messages are signed with is in this answer and nowhere else")
    @PostMapping
    ResponseEntity<IssuedWebhook> create(@RequestBody NewWebhook body) {
        IssuedWebhook made = webhooks.create(body.url(), body.events());
        return ResponseEntity.created(
                        URI.create("/api/v1/webhooks/" + made.webhook().id()))
                .body(made);
    }

    @Operation(summary = "Show a webhook")
    @GetMapping("/{id}")
    WebhookView get(@PathVariable UUID id) {
        return webhooks.get(id);
    }

    @Operation(summary = "Change a webhook, or pause it")
    @PatchMapping("/{id}")
    WebhookView change(@PathVariable UUID id, @RequestBody Change body, IfMatch version) {
        return webhooks.change(id, new WebhookChange(body.url(), body.events(), body.active()), version);
    }

    @Operation(summary = "Delete a webhook with all that was sent to it or still to be sent")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, IfMatch version) {
        webhooks.delete(id, version);
    }

    @Operation(summary = "Give a webhook another secret, at once; it is in this answer and nowhere else")
    @PostMapping("/{id}/secret")
    IssuedWebhook renew(@PathVariable UUID id, IfMatch version) {
        return webhooks.renew(id, version);
    }

    @Operation(summary = "Send a message of type “test”; the answer is the delivery to watch")
    @ApiResponse(responseCode = "202", description = "The delivery, waiting for its turn")
    @PostMapping("/{id}/test")
    ResponseEntity<DeliveryView> test(@PathVariable UUID id) {
        return accepted(deliveries.test(id));
    }

    @Operation(summary = "List what was sent to it, newest first, and how it went")
    @GetMapping("/{id}/deliveries")
    Page<DeliveryView> deliveries(@PathVariable UUID id, PageQuery page) {
        return deliveries.list(id, page);
    }

    static ResponseEntity<DeliveryView> accepted(DeliveryView delivery) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/webhook-deliveries/" + delivery.id()))
                .body(delivery);
    }
}
