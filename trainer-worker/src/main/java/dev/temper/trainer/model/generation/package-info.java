/** Continuing texts: how the next token is chosen, when a text ends, and how it is told while it grows. */
@NullMarked
package dev.temper.trainer.model.generation;

import org.jspecify.annotations.NullMarked;
