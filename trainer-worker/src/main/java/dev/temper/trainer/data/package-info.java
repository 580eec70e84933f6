/** Rows become tokens, tokens become packed micro-batches, in an order that can be taken up again anywhere. */
@NullMarked
package dev.temper.trainer.data;

import org.jspecify.annotations.NullMarked;
