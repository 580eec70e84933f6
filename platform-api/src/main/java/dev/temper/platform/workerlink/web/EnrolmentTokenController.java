package dev.temper.platform.workerlink.web;

import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.workerlink.EnrolmentTokenView;
import dev.temper.platform.workerlink.EnrolmentTokens;
import dev.temper.platform.workerlink.IssuedEnrolmentToken;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/enrolment-tokens")
@Tag(name = "enrolment-tokens", description = "One-time tokens by which machines become workers.")
class EnrolmentTokenController {
    private final EnrolmentTokens tokens;

    EnrolmentTokenController(EnrolmentTokens tokens) {
        this.tokens = tokens;
    }

    /** For how long the token is good; a day if nothing is said. */
    record NewEnrolmentToken(@Nullable Long lifeSeconds) {}

    @Operation(summary = "Create a token for one machine; its secret is in this answer and nowhere else")
    @PostMapping
    ResponseEntity<IssuedEnrolmentToken> create(@RequestBody NewEnrolmentToken body) {
        IssuedEnrolmentToken issued = tokens.issue(
                body.lifeSeconds() == null ? EnrolmentTokens.DEFAULT_LIFE : Duration.ofSeconds(body.lifeSeconds()));
        return ResponseEntity.created(URI.create(
                        "/api/v1/enrolment-tokens/" + issued.enrolmentToken().id()))
                .body(issued);
    }

    @Operation(summary = "List the tokens, newest first")
    @GetMapping
    Page<EnrolmentTokenView> list(PageQuery page) {
        return tokens.list(page);
    }

    @Operation(summary = "Revoke a token; a worker that has used it stays")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable UUID id) {
        tokens.revoke(id);
    }
}
