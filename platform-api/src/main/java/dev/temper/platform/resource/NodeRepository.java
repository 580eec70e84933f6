package dev.temper.platform.resource;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.repository.Repository;

interface NodeRepository extends Repository<Node, UUID> {
    Node saveAndFlush(Node node);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    Optional<Node> findById(UUID id);

    boolean existsByName(String name);
}
