package dev.temper.platform.resource;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** Of the tenant in scope, or of all for work on the fleet: the database's policies see to it. */
interface QuotaRepository extends Repository<Quota, UUID> {
    Quota saveAndFlush(Quota quota);

    void delete(Quota quota);

    Optional<Quota> findByTenantIdAndPoolId(UUID tenantId, UUID poolId);

    List<Quota> findAll();
}
