package dev.temper.platform.blob;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.platform.PlatformTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PlatformTest
class BlobHomeTest {
    @Autowired
    private BlobHome ours;

    @Autowired
    private S3Settings s3;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void aReplicaThatLooksElsewhereDoesNotStart(@TempDir Path folder) throws IOException {
        BlobFolders elsewhere = BlobFolders.under(folder);
        var theirs = new BlobHome(new FolderStore(elsewhere.content()), elsewhere, s3, jdbc);
        UUID mark = jdbc.sql("select id from blob_home").query(UUID.class).single();

        assertThatCode(ours::afterSingletonsInstantiated).doesNotThrowAnyException();
        assertThatThrownBy(theirs::afterSingletonsInstantiated)
                .hasMessageContaining("lies elsewhere")
                .hasMessageContaining("home/" + mark)
                .hasMessageContaining(folder.toString());

        Files.createFile(
                Files.createDirectories(elsewhere.content().resolve("home")).resolve(mark.toString()));
        assertThatCode(theirs::afterSingletonsInstantiated).doesNotThrowAnyException();
    }
}
