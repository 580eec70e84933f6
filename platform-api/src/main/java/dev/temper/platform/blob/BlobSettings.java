package dev.temper.platform.blob;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code temper.blobs.*}.
 *
 * @param folder where content and unfinished uploads lie; replicas share it. {@code blobs} in the data folder where the platform
 *     has one
 * @param quota how much one tenant may store
 * @param grace how long content stays that nothing refers to, and an upload that nobody goes on with
 */
@ConfigurationProperties("temper.blobs")
public record BlobSettings(
        @DefaultValue(".temper/blobs") Path folder,
        @DefaultValue("1TB") DataSize quota,
        @DefaultValue("24h") Duration grace) {
    public BlobSettings {
        if (quota.toBytes() < 1) {
            throw new IllegalArgumentException("temper.blobs.quota must be more than nothing");
        }
        if (grace.compareTo(Duration.ofMinutes(10)) < 0) {
            throw new IllegalArgumentException("temper.blobs.grace must be 10m or more, but is " + grace);
        }
    }
}
