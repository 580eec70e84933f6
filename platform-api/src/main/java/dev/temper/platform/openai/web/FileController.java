package dev.temper.platform.openai.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.temper.platform.openai.FileObject;
import dev.temper.platform.openai.ListObject;
import dev.temper.platform.openai.OpenAiFiles;
import dev.temper.platform.openai.PublicId;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController("openAiFileController")
@RequestMapping("/v1/files")
class FileController {
    private static final int MOST = 10_000;

    private final OpenAiFiles files;

    FileController(OpenAiFiles files) {
        this.files = files;
    }

    /** That something is gone. */
    record Deleted(String id, String object, @JsonProperty boolean deleted) {}

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    FileObject create(@RequestPart MultipartFile file, @RequestParam String purpose) {
        return files.create(
                Objects.requireNonNullElse(file.getOriginalFilename(), ""),
                purpose,
                file.getSize(),
                file::getInputStream);
    }

    @GetMapping
    ListObject<FileObject> list(
            @RequestParam(required = false) @Nullable String purpose,
            @RequestParam(defaultValue = "10000") int limit,
            @RequestParam(defaultValue = "desc") String order,
            @RequestParam(required = false) @Nullable String after) {
        int most = Limit.of(limit, MOST);
        UUID from = after == null ? null : PublicId.FILE.read(after);
        List<FileObject> found = files.list(from, purpose, order.equals("asc"), most + 1);
        return ListObject.of(found, most, FileObject::id);
    }

    @GetMapping("/{id}")
    FileObject get(@PathVariable String id) {
        return files.get(PublicId.FILE.read(id));
    }

    @GetMapping("/{id}/content")
    void content(@PathVariable String id, HttpServletResponse response) throws IOException {
        try (InputStream content = files.open(PublicId.FILE.read(id))) {
            response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
            content.transferTo(response.getOutputStream());
        }
    }

    @DeleteMapping("/{id}")
    Deleted delete(@PathVariable String id) {
        UUID file = PublicId.FILE.read(id);
        files.delete(file);
        return new Deleted(PublicId.FILE.of(file), "file", true);
    }
}
