package dev.temper.platform.task.web;

import dev.temper.contract.link.FileRef;
import dev.temper.platform.task.TaskView;
import dev.temper.platform.task.Tasks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/tasks/{id}/output")
@Tag(name = "tasks")
class TaskOutputController {
    private static final String ZIP = "application/zip";

    private final Tasks tasks;

    TaskOutputController(Tasks tasks) {
        this.tasks = tasks;
    }

    @Operation(
            summary =
                    "Download what came of its run: one file by its path, with Range a part of it; without a path all in a ZIP")
    @ApiResponse(
            responseCode = "200",
            description = "The bytes, sent as they are read",
            content = {
                @Content(mediaType = ZIP, schema = @Schema(type = "string", format = "binary")),
                @Content(
                        mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                        schema = @Schema(type = "string", format = "binary"))
            })
    @GetMapping
    @Nullable
    ResponseEntity<Resource> download(
            @PathVariable UUID id, @RequestParam(required = false) @Nullable String path, HttpServletResponse response)
            throws IOException {
        if (path == null) {
            TaskView task = tasks.get(id);
            attach(response, ZIP, "task-" + task.number() + ".zip");
            zip(id, tasks.outputs(task), response);
            return null;
        }
        return tasks.take(id, path).answer();
    }

    /** Weights don't get smaller by packing, so nothing is spent on trying hard. */
    private void zip(UUID id, List<FileRef> files, HttpServletResponse response) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(response.getOutputStream())) {
            zip.setLevel(Deflater.BEST_SPEED);
            for (FileRef file : files) {
                zip.putNextEntry(new ZipEntry(file.path()));
                Files.copy(tasks.take(id, file.path()).content(), zip);
                zip.closeEntry();
            }
        }
    }

    private static void attach(HttpServletResponse response, String type, String fileName) {
        response.setContentType(type);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(fileName, StandardCharsets.UTF_8)
                        .build()
                        .toString());
    }
}
