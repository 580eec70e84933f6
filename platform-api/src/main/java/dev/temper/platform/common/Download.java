package dev.temper.platform.common;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A stored file for taking away. Whoever broke off goes on in the middle: the answer honours ranges, and its tag is the
 * content's hash, so that another content is never joined to the first half.
 *
 * @param path what it is called; its folders are left out of the name it is saved by
 * @param sha256 of the content
 */
public record Download(String path, String sha256, Path content) {
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    public ResponseEntity<Resource> answer() {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .eTag('"' + sha256 + '"')
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(new FileSystemResource(content));
    }
}
