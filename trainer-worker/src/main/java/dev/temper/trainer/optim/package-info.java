/** From gradients to new weights: clipping, update rules, learning rates over time. */
@NullMarked
package dev.temper.trainer.optim;

import org.jspecify.annotations.NullMarked;
