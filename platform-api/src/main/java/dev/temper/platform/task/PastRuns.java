package dev.temper.platform.task;

import dev.temper.contract.link.FileRef;
import dev.temper.platform.blob.Blobs;
import dev.temper.platform.job.JobFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What trainings took, by the files they left. */
@Component
class PastRuns {
    private static final int LOOKED_AT = 5;
    private static final String RESULTS = "train_results.json";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final JobFiles files;
    private final Blobs blobs;

    PastRuns(JdbcClient jdbc, JobFiles files, Blobs blobs) {
        this.jdbc = jdbc;
        this.files = files;
        this.blobs = blobs;
    }

    /** Empty before it has ended well. */
    @Transactional(readOnly = true)
    public Optional<Taken> of(UUID job) {
        return files.of(job, JobFiles.Role.OUTPUT).stream()
                .filter(file -> file.path().equals(RESULTS) || file.path().endsWith("/" + RESULTS))
                .findFirst()
                .map(this::read);
    }

    /** The last ones of a model by a method in a pool. */
    @Transactional(readOnly = true)
    public List<Taken> like(String model, String method, String pool) {
        return jdbc
                .sql("""
                        select t.job_id from tasks t join jobs j on j.id = t.job_id join pools p on p.id = j.pool_id
                        where t.model = ? and j.state = 'SUCCEEDED' and p.name = ?
                          and coalesce(t.asked #>> '{settings,method,type}', 'lora') = ?
                        order by t.id desc limit ?
                        """)
                .params(model, pool, method, LOOKED_AT)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list()
                .stream()
                .flatMap(job -> of(job).stream())
                .filter(taken -> taken.tokensPerSecond() > 0)
                .toList();
    }

    private Taken read(FileRef file) {
        try (InputStream in = blobs.open(file.sha256(), 0)) {
            JsonNode told = JSON.readTree(in.readAllBytes());
            return new Taken(
                    told.path("steps").asLong(0),
                    told.path("num_input_tokens_seen").asLong(0),
                    told.path("train_runtime").asDouble(0),
                    told.path("tokens_per_second").asDouble(0),
                    told.path("peak_memory_bytes").asLong(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
