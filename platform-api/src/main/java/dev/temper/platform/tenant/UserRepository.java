package dev.temper.platform.tenant;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface UserRepository extends Repository<User, UUID> {
    User saveAndFlush(User user);

    Optional<User> findById(UUID id);

    long count();

    /** By the address in any case; served by the unique index on lower(email). */
    @Query("select u from User u where lower(u.email) = lower(:email)")
    Optional<User> byEmail(String email);
}
