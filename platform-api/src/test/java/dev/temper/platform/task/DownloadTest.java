package dev.temper.platform.task;

import static dev.temper.platform.task.TaskGround.ROWS;
import static dev.temper.platform.task.TaskGround.asking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.temper.contract.link.FileRef;
import dev.temper.platform.PlatformTest;
import dev.temper.platform.World;
import dev.temper.platform.World.Inhabitant;
import dev.temper.platform.blob.Blob;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.job.JobFiles;
import dev.temper.platform.tenant.Scope;
import dev.temper.probe.Http;
import dev.temper.probe.Http.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionOperations;

/** What came of a run comes in pieces, as {@code curl -C -} asks for it. */
@PlatformTest
class DownloadTest {
    private static final String WEIGHTS = "0123456789";

    @Autowired
    private World world;

    @Autowired
    private TaskGround ground;

    @Autowired
    private Tasks tasks;

    @Autowired
    private JobFiles files;

    @Autowired
    private Blobs blobs;

    @Autowired
    private TransactionOperations transactions;

    @LocalServerPort
    private int port;

    @Test
    void aDownloadThatBrokeOffGoesOnInTheMiddle() {
        Inhabitant ours = world.owner();
        UUID version = ground.version(ours, ROWS);
        TaskView task = ours.does(() -> tasks.start(asking(version, "{}")));
        Blob blob = ours.does(() -> {
            Blob weights = blobs.store(out -> out.write(WEIGHTS.getBytes(StandardCharsets.UTF_8)));
            return transactions.execute(_ -> {
                files.become(
                        task.job().id(),
                        JobFiles.Role.OUTPUT,
                        List.of(new FileRef("output/model.gguf", weights.hash(), weights.size())));
                return weights;
            });
        });
        String path = "/api/v1/tasks/" + task.id() + "/output?path=output/model.gguf";
        String key = "Bearer " + world.key(ours, Scope.values()).secret();
        Answer whole;
        Answer rest;
        Answer beyond;
        try (Http http = new Http(port)) {
            whole = http.get(path, "Authorization", key);
            rest = http.get(path, "Authorization", key, "Range", "bytes=4-");
            beyond = http.get(path, "Authorization", key, "Range", "bytes=10-");
        }

        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(WEIGHTS);
        assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(whole.header("ETag")).isEqualTo('"' + blob.hash() + '"');
        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.header("Content-Range")).isEqualTo("bytes 4-9/10");
        assertThat(WEIGHTS.substring(0, 4) + rest.body()).isEqualTo(WEIGHTS);
        assertThat(beyond.status()).as("all of it is there already").isEqualTo(416);
    }
}
