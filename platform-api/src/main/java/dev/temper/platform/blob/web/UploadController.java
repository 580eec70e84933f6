package dev.temper.platform.blob.web;

import dev.temper.platform.blob.UploadView;
import dev.temper.platform.blob.Uploads;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/uploads")
@Tag(
        name = "uploads",
        description =
                "Large files in parts of 8 MiB, in any order: whatever breaks, only what is missing is sent again.")
class UploadController {
    private final Uploads uploads;

    UploadController(Uploads uploads) {
        this.uploads = uploads;
    }

    /**
     * A file that will come.
     *
     * @param hash the SHA-256 of the whole, to be compared at the end
     */
    record NewUpload(
            @NotBlank String name,
            @NotNull Long size,
            @Nullable String hash) {}

    @Operation(summary = "Begin an upload; its size counts against the quota from now on")
    @PostMapping
    ResponseEntity<UploadView> begin(@RequestBody NewUpload body) {
        UploadView begun = uploads.begin(body.name(), body.size(), body.hash());
        return ResponseEntity.created(URI.create("/api/v1/uploads/" + begun.id()))
                .body(begun);
    }

    @Operation(summary = "List one's own uploads that are not finished, newest first")
    @GetMapping
    Page<UploadView> unfinished(PageQuery page) {
        return uploads.unfinished(page);
    }

    @Operation(summary = "Show which parts of an upload are kept and which are missing")
    @GetMapping("/{id}")
    UploadView get(@PathVariable UUID id) {
        return uploads.get(id);
    }

    @Operation(
            summary = "Send a part, counted from 0; the same part may be sent again, that of another file is refused",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    @PutMapping(path = "/{id}/parts/{number}", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void part(
            @PathVariable UUID id,
            @PathVariable int number,
            @RequestHeader(name = ContentDigest.HEADER, required = false) @Nullable String digest,
            HttpServletRequest request)
            throws IOException {
        uploads.part(id, number, request.getInputStream(), digest == null ? null : ContentDigest.sha256(digest));
    }

    @Operation(summary = "Make the parts one file; doing it again changes nothing")
    @PostMapping("/{id}/complete")
    UploadView complete(@PathVariable UUID id) {
        return uploads.finish(id);
    }

    @Operation(summary = "Forget an upload and its parts; what was made of it stays")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(@PathVariable UUID id) {
        uploads.cancel(id);
    }
}
