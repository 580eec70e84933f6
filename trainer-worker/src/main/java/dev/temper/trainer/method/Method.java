package dev.temper.trainer.method;

import dev.temper.contract.MethodSpec;
import dev.temper.trainer.model.Decoder;

/**
 * A way to tune a decoder. It is found by {@link java.util.ServiceLoader}: a new one is one class and one line in
 * {@code META-INF/services}.
 *
 * @param <S> its settings
 */
public interface Method<S extends MethodSpec> {
    /** The settings this method serves. */
    Class<S> settings();

    /**
     * Makes some of a frozen decoder trainable. Right after it the decoder computes exactly what it did before.
     *
     * @param seed of the run; initial values follow from it
     */
    void attach(Decoder decoder, S settings, long seed);
}
