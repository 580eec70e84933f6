package dev.temper.platform.tenant;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Only the rows of the tenant in scope. */
interface InvitationRepository extends Repository<Invitation, UUID> {
    Invitation saveAndFlush(Invitation invitation);

    Optional<Invitation> findById(UUID id);

    @Query("select i from Invitation i where lower(i.email) = :email and i.acceptedAt is null and i.revokedAt is null")
    Optional<Invitation> pending(String email);

    @Query("select i from Invitation i where i.id < :before order by i.id desc")
    List<Invitation> before(UUID before, Limit limit);
}
