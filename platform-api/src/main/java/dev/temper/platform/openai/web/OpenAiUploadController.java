package dev.temper.platform.openai.web;

import dev.temper.platform.openai.OpenAiUploads;
import dev.temper.platform.openai.PublicId;
import dev.temper.platform.openai.UploadObject;
import jakarta.servlet.http.Part;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

@RestController
@RequestMapping("/v1/uploads")
class OpenAiUploadController {
    private final OpenAiUploads uploads;

    OpenAiUploadController(OpenAiUploads uploads) {
        this.uploads = uploads;
    }

    /** A file that will come. */
    @JsonNaming(SnakeCaseStrategy.class)
    record NewUpload(
            @NotBlank String filename,
            @NotBlank String purpose,
            @NotNull Long bytes,
            @Nullable String mimeType,
            @Nullable Map<String, Object> expiresAfter) {}

    /** Its parts, in order. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Whole(@NotNull List<String> partIds, @Nullable String md5) {}

    @PostMapping
    UploadObject begin(@RequestBody NewUpload body) {
        return uploads.begin(body.filename(), body.purpose(), body.bytes());
    }

    /** Clients send a part with a file name or without one. */
    @PostMapping(path = "/{id}/parts", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    UploadObject.Part part(@PathVariable String id, @RequestPart Part data) {
        return uploads.part(PublicId.UPLOAD.read(id), data.getSize(), data::getInputStream);
    }

    @PostMapping("/{id}/complete")
    UploadObject complete(@PathVariable String id, @RequestBody Whole body) {
        return uploads.complete(PublicId.UPLOAD.read(id), body.partIds(), body.md5());
    }

    @PostMapping("/{id}/cancel")
    UploadObject cancel(@PathVariable String id) {
        return uploads.cancel(PublicId.UPLOAD.read(id));
    }
}
