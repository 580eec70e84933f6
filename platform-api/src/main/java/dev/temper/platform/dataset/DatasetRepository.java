package dev.temper.platform.dataset;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** Only those of the tenant in scope. */
interface DatasetRepository extends Repository<Dataset, UUID> {
    Dataset saveAndFlush(Dataset dataset);

    Optional<Dataset> findById(UUID id);
}
