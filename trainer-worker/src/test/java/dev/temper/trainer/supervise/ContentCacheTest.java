package dev.temper.trainer.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.link.FileRef;
import dev.temper.contract.link.LeaseId;
import dev.temper.trainer.link.PlatformLink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentCacheTest {
    @TempDir
    private Path machine;

    private PlatformDouble platform;
    private PlatformLink link;
    private LeaseId lease;
    private ContentCache cache;

    @BeforeEach
    void aRunWithFiles() throws IOException {
        platform = new PlatformDouble();
        link = new PlatformLink(platform.address(), "credential", null);
        lease = platform.offer("simulated", "{}", 60_000).offer.lease();
        cache = new ContentCache(machine.resolve("cache"), 10);
    }

    @AfterEach
    void close() {
        link.close();
        platform.close();
    }

    @Test
    void whatIsFetchedInPartIsGoneOnWith() throws IOException {
        FileRef model = content("model", "0123456789");
        Files.createDirectories(machine.resolve("cache"));
        Files.writeString(machine.resolve("cache").resolve(model.sha256() + ".part"), "01234");

        lay(model);

        assertThat(machine.resolve("run/model")).hasContent("0123456789");
    }

    @Test
    void whatArrivedWrongIsThrownAway() throws IOException {
        FileRef model = content("model", "0123456789");
        Path part = machine.resolve("cache").resolve(model.sha256() + ".part");
        Files.createDirectories(machine.resolve("cache"));
        Files.writeString(part, "xxxxx");

        assertThatThrownBy(() -> lay(model)).hasMessageContaining("did not arrive");
        lay(model);

        assertThat(machine.resolve("run/model")).hasContent("0123456789");
    }

    @Test
    void whatWasUsedLongestAgoGoesFirstAndStaysWithTheRunsThatHaveIt() throws IOException {
        FileRef old = content("old", "aaaaa");
        FileRef recent = content("recent", "bbbbb");
        FileRef fresh = content("fresh", "ccccc");
        lay(old);
        lay(recent);
        Files.setLastModifiedTime(
                machine.resolve("cache").resolve(old.sha256()),
                FileTime.from(Instant.now().minusSeconds(60)));

        lay(fresh);

        assertThat(machine.resolve("cache").resolve(old.sha256())).doesNotExist();
        assertThat(machine.resolve("cache").resolve(recent.sha256())).exists();
        assertThat(machine.resolve("run/old")).hasContent("aaaaa");
    }

    @Test
    void whatIsNotWantedAnyMoreIsNotWaitedFor() {
        FileRef model = content("model", "0123456789");

        assertThatThrownBy(() -> cache.lay(link, lease, model, machine.resolve("run"), () -> false))
                .hasMessageContaining("not wanted");
    }

    private FileRef content(String path, String text) {
        return platform.content(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private void lay(FileRef file) throws IOException {
        cache.lay(link, lease, file, machine.resolve("run"), () -> true);
    }
}
