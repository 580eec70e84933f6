package dev.temper.platform.notice;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something a person is told.
 *
 * @param type as in task.succeeded
 * @param text what it says, in the reader's language
 * @param data the facts of it
 */
public record NoticeView(
        UUID id,
        String type,
        String text,
        @JsonRawValue String data,
        Instant at,
        @Nullable Instant readAt) {}
