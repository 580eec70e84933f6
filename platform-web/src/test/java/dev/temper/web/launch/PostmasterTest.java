package dev.temper.web.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterTest {
    @TempDir
    Path cluster;

    @Test
    void aProcessThatGotTheNumberIsNotTakenForTheServer() throws IOException {
        Files.writeString(
                Postmaster.file(cluster),
                "%d\n/somewhere\n1763880000\n5432\n\n127.0.0.1\n"
                        .formatted(ProcessHandle.current().pid()));

        Postmaster postmaster = Postmaster.of(cluster).orElseThrow();
        assertThat(postmaster.port()).isEqualTo(5432);
        assertThat(postmaster.alive()).isFalse();
        assertThat(postmaster.numberReused()).isTrue();
    }

    @Test
    void aFileThatIsAbsentOrHalfWrittenSaysNothing() throws IOException {
        assertThat(Postmaster.of(cluster)).isEmpty();
        Files.writeString(Postmaster.file(cluster), "4711\n/some");
        assertThat(Postmaster.of(cluster)).isEmpty();
    }
}
