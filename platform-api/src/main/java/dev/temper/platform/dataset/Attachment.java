package dev.temper.platform.dataset;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/** The headers of a file that is sent as it is read, for programs and for pages. */
public record Attachment(String name, String mediaType) {
    public static Attachment of(String name, String mediaType) {
        return new Attachment(name, mediaType);
    }

    public void on(HttpServletResponse response) {
        boolean words = mediaType.startsWith("text/") || mediaType.contains("json");
        response.setContentType(words ? mediaType + ";charset=UTF-8" : mediaType);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(name, StandardCharsets.UTF_8)
                        .build()
                        .toString());
    }
}
