package dev.temper.model.weights;

import dev.temper.contract.CodedException;
import java.util.Collection;
import java.util.Optional;

/**
 * Named weights that lie in files and are mapped, not loaded. Names are Hugging Face's, whatever the file calls them.
 *
 * <p>Closing unmaps the files: every {@link Weight} and everything made over its memory is dead after that.
 */
public interface WeightSource extends AutoCloseable {
    /** All weights, in the order of the files. */
    Collection<Weight> weights();

    Optional<Weight> find(String name);

    /** The weight of that name, or a failure that names it. */
    default Weight get(String name) {
        return find(name)
                .orElseThrow(() -> CodedException.user(
                                "weight_missing",
                                "The weight \"%s\" is missing in %s.".formatted(name, describe()),
                                "Download the model again; if it is whole, its configuration belongs to another model.")
                        .with("weight", name));
    }

    /** The file or folder, for messages. */
    String describe();

    @Override
    void close();
}
