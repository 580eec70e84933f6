/** What a run learns from a micro-batch: one file a stage. */
@NullMarked
package dev.temper.trainer.stage;

import org.jspecify.annotations.NullMarked;
