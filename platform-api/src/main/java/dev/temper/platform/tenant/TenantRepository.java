package dev.temper.platform.tenant;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface TenantRepository extends Repository<Tenant, UUID> {
    Tenant saveAndFlush(Tenant tenant);

    Optional<Tenant> findById(UUID id);

    Optional<Tenant> findBySlug(String slug);

    List<Tenant> findByIdIn(List<UUID> ids);

    boolean existsBySlug(String slug);

    @Query("select t from Tenant t where t.id > :after order by t.id")
    List<Tenant> after(UUID after, Limit limit);

    /** Holds everyone else's changes to who belongs to the tenant until this transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select t from Tenant t where t.id = :id")
    Tenant lock(UUID id);
}
