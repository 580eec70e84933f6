/** One run from its spec to its outcome: prepare, loop, finish; checkpoints, and exact resume from them. */
@NullMarked
package dev.temper.trainer.run;

import org.jspecify.annotations.NullMarked;
