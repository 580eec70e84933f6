/** Native tensors and the kernels that compute on them; the only package that knows DJL. */
@NullMarked
package dev.temper.trainer.tensor;

import org.jspecify.annotations.NullMarked;
