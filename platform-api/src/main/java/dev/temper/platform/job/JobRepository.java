package dev.temper.platform.job;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Locks what it finds, because whoever loads a job is about to change it; what is shown comes from {@link JobRows}. */
interface JobRepository extends Repository<Job, UUID> {
    Job saveAndFlush(Job job);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select j from Job j where j.id = :id")
    Optional<Job> lock(UUID id);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select j from Job j where j.fence = :fence")
    Optional<Job> lockByFence(long fence);
}
