package dev.temper.platform.resource;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface PoolRepository extends Repository<Pool, UUID> {
    Pool saveAndFlush(Pool pool);

    void delete(Pool pool);

    Optional<Pool> findById(UUID id);

    Optional<Pool> findByName(String name);

    @Query("select p from Pool p order by p.name")
    List<Pool> all();
}
