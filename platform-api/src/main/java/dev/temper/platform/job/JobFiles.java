package dev.temper.platform.job;

import dev.temper.contract.link.FileRef;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which contents go with a job, for the tenant or the fleet in scope. Who writes them down has stored and holds them. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class JobFiles {
    private static final RowMapper<FileRef> FILE = new SimplePropertyRowMapper<>(FileRef.class);

    private final JdbcClient jdbc;

    JobFiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a content is to a job. */
    public enum Role {
        /** Its runs are given it. */
        INPUT,
        /** Its next attempt goes on from it. */
        CHECKPOINT,
        /** It came of it. */
        OUTPUT
    }

    /** Takes these in place of those of the role before. */
    public void become(UUID jobId, Role role, List<FileRef> files) {
        jdbc.sql("delete from job_files where job_id = ? and role = ?")
                .params(jobId, role.name())
                .update();
        for (FileRef file : files) {
            jdbc.sql("""
                    insert into job_files (tenant_id, job_id, role, path, sha256, size)
                    select tenant_id, id, :role, :path, :sha256, cast(:size as bigint) from jobs where id = :job
                    on conflict (job_id, role, path) do update set sha256 = excluded.sha256, size = excluded.size
                    """)
                    .param("job", jobId)
                    .param("role", role.name())
                    .param("path", file.path())
                    .param("sha256", file.sha256())
                    .param("size", file.size())
                    .update();
        }
    }

    /** Gives runs of another job what those of this one are given. */
    void share(UUID jobId, UUID with) {
        jdbc.sql("""
                insert into job_files (tenant_id, job_id, role, path, sha256, size)
                select tenant_id, ?, role, path, sha256, size from job_files where job_id = ? and role = 'INPUT'
                """).params(with, jobId).update();
    }

    /** By path. */
    @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
    public List<FileRef> of(UUID jobId, Role role) {
        return jdbc.sql("select path, sha256, size from job_files where job_id = ? and role = ? order by path")
                .params(jobId, role.name())
                .query(FILE)
                .list();
    }

    /** What came of a task's run and of the jobs of a kind after it, by path. */
    @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
    public List<FileRef> made(UUID run, UUID task, String after) {
        return jdbc.sql("""
                        select path, sha256, size from job_files where job_id = :run and role = 'OUTPUT'
                        union all
                        select f.path, f.sha256, f.size from jobs j join job_files f on f.job_id = j.id
                        where j.task_id = :task and j.kind = :after and f.role = 'OUTPUT' and f.path like 'output/%'
                        order by path
                        """)
                .param("run", run)
                .param("task", task)
                .param("after", after)
                .query(FILE)
                .list();
    }

    /** A content that runs of the job are given, by its hash. */
    @Transactional(propagation = Propagation.REQUIRED, readOnly = true)
    public Optional<FileRef> given(UUID jobId, String sha256) {
        return jdbc.sql("""
                        select path, sha256, size from job_files
                        where job_id = ? and sha256 = ? and role in ('INPUT', 'CHECKPOINT') limit 1
                        """).params(jobId, sha256).query(FileRef.class).optional();
    }
}
