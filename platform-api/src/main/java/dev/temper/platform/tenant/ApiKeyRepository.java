package dev.temper.platform.tenant;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Only the rows of the tenant in scope. */
interface ApiKeyRepository extends Repository<ApiKey, UUID> {
    ApiKey saveAndFlush(ApiKey key);

    @Query("select k from ApiKey k join fetch k.user where k.id = :id")
    Optional<ApiKey> byId(UUID id);

    @Query("select k from ApiKey k join fetch k.user where k.id < :before order by k.id desc")
    List<ApiKey> before(UUID before, Limit limit);

    @Query("select k from ApiKey k join fetch k.user u where u.id = :userId and k.id < :before order by k.id desc")
    List<ApiKey> ofUserBefore(UUID userId, UUID before, Limit limit);

    @Query("select k from ApiKey k join fetch k.user u where u.id = :userId and k.revokedAt is null")
    List<ApiKey> unrevokedOf(UUID userId);
}
