package dev.temper.platform.tenant;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Only the rows of the tenant in scope: Hibernate adds the condition, the database holds it. */
interface MembershipRepository extends Repository<Membership, UUID> {
    Membership saveAndFlush(Membership membership);

    void delete(Membership membership);

    @Query("select m from Membership m join fetch m.user where m.id = :id")
    Optional<Membership> byId(UUID id);

    @Query("select m from Membership m join fetch m.user u where u.id = :userId")
    Optional<Membership> ofUser(UUID userId);

    @Query("select m from Membership m join fetch m.user u where lower(u.email) = lower(:email)")
    Optional<Membership> byEmail(String email);

    @Query("select m from Membership m join fetch m.user where m.id > :after order by m.id")
    List<Membership> after(UUID after, Limit limit);

    @Query("select m.user.id from Membership m where m.role in :roles order by m.id")
    List<UUID> withRole(List<Role> roles);

    long countByRole(Role role);
}
